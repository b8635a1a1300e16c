using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.JointApplications.Places;
using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.Tests.JointApplications;

public class PlaceTests
{
    private static readonly SubjectHash s_claimed = new("claimed");
    private static readonly SubjectHash s_applicant = new("applicant");
    private static readonly Occupancy.Vacant s_vacant = new(ClaimedTurn: 3, Turn: 5);

    [Theory]
    [InlineData("公安县斗湖堤镇示例路1号", "公安县斗湖堤镇 示例路 １ 号", true)]
    [InlineData("公安县斗湖堤镇示例路1号", "公安县，斗湖堤镇。示例路1号", true)]
    [InlineData("示例路1号A座", "示例路１号ａ座", true)]
    [InlineData("示例路1-12号", "示例路1－12号", true)]
    [InlineData("示例路1-12号", "示例路1—12号", true)]
    [InlineData("示例路1号（东）", "示例路1号(东)", true)]
    [InlineData("示例路1号\u200b", "示例路1号\u3000", true)]
    [InlineData("示例路1-12号", "示例路11-2号", false)]
    [InlineData("示例路1、12号", "示例路11、2号", false)]
    [InlineData("示例路1号", "示例路2号", false)]
    [InlineData("示例路1号", "示例路1号东", false)]
    public void Addresses_are_compared_by_what_they_say(string one, string other, bool isSame) =>
        Assert.Equal(isSame, AddressText.Normalise(one) == AddressText.Normalise(other));

    [Fact]
    public void An_address_of_marks_alone_is_itself() =>
        Assert.NotEqual(AddressText.Normalise("——"), AddressText.Normalise("。。"));

    [Theory]
    [InlineData("u1 c1 a1", "u1 c1 a1", true)]
    [InlineData("u1 - a1", "u1 c1 a2", true)] // by unit
    [InlineData("- c1 a1", "u1 c1 a2", true)] // by certificate
    [InlineData("- - a1", "u1 c1 a1", true)] // by address
    [InlineData("u1 - a1", "- c1 a1", true)] // no number in common: by address
    [InlineData("u1 - a1", "- c1 a2", false)]
    [InlineData("u1 - a1", "u2 - a1", false)] // two flats of one house
    [InlineData("u1 c1 a1", "u2 c1 a1", false)] // a certificate may cover several units
    [InlineData("- c1 a1", "- c2 a1", false)]
    [InlineData("- - a1", "- - a2", false)]
    public void The_best_number_that_both_have_decides_and_else_the_address(string one, string other, bool isSame)
    {
        Assert.Equal(isSame, Place(one).IsSameAs(Place(other)));
        Assert.Equal(isSame, Place(other).IsSameAs(Place(one)));
    }

    [Fact]
    public void What_becomes_known_of_a_place_is_added_and_takes_no_number_away()
    {
        Assert.Equal(Place("u1 c1 a1"), Place("u1 - a1").With((new SubjectHash("u2"), new SubjectHash("c1"))));
        Assert.Equal(Place("u1 c1 a1"), Place("u1 c1 a1").With((null, null)));
    }

    [Theory]
    [InlineData("hall claimed proven", true, "own")] // the caller's own, proven or not
    [InlineData("hall claimed unproven", true, "own")]
    [InlineData("hall claimed unproven", false, "own")]
    [InlineData("hall other proven", true, "own")] // the same person, said differently
    [InlineData("hall other unproven", true, "vacant")] // an impostor at the same counter
    [InlineData("hall other proven", false, "vacant")]
    [InlineData("another other proven", true, "others")]
    [InlineData("another other unproven", true, "vacant")] // an impostor elsewhere
    [InlineData("another other proven", false, "vacant")] // an impostor is told nothing
    public void Who_is_proven_meets_the_proven_and_each_caller_its_own(string row, bool isProven, string expected)
    {
        var found = Occupancy.From(Claim(isProven), s_vacant, [Row("jnt_1", row)]);

        Assert.Equal(
            expected switch
            {
                "own" => new Occupancy.Own("jnt_1"),
                "others" => new Occupancy.Others(),
                _ => s_vacant,
            },
            found
        );
    }

    [Fact]
    public void A_callers_own_comes_before_anothers_and_another_place_is_free()
    {
        PlaceRow[] rows = [Row("jnt_1", "another other proven"), Row("jnt_2", "hall claimed proven")];

        Assert.Equal(new Occupancy.Own("jnt_2"), Occupancy.From(Claim(isProven: true), s_vacant, rows));
        Assert.Equal(s_vacant, Occupancy.From(Claim(isProven: true) with { Place = Place("u2 - a2") }, s_vacant, rows));
    }

    [Fact]
    public void A_place_found_taken_holds_what_never_left_and_says_so_of_the_rest_once()
    {
        var (now, later) = (SomeLegs.Now, SomeLegs.Now.AddMinutes(1));
        var file = JointFiles.Of(SomeLegs.In(LegWork.Send), SomeLegs.In(LegWork.Watch) with { Reference = "P-1" });

        var raised = PlaceTaken.Raise(file, now);
        Assert.Equal([LegWork.Hold, LegWork.Watch], raised.Legs.Select(leg => leg.Work));
        Assert.All(raised.Legs, leg => Assert.Equal("already-open", Assert.Single(leg.Problems).Problem));
        Assert.Equal(
            raised.Legs.SelectMany(leg => leg.Problems),
            PlaceTaken.Raise(raised, later).Legs.SelectMany(leg => leg.Problems)
        );

        var lifted = PlaceTaken.Lift(raised, later);
        Assert.All(lifted.Legs, leg => Assert.Equal(later, Assert.Single(leg.Problems).ClosedAt));
        Assert.Same(file, PlaceTaken.Lift(file, now));
    }

    private static PlaceClaim Claim(bool isProven) => new("hall", s_claimed, s_applicant, Place("u1 - a1"), isProven);

    private static PlaceRow Row(string jointId, string row)
    {
        var words = row.Split(' ');
        return new PlaceRow
        {
            JointId = jointId,
            CallerId = words[0],
            Claimed = words[1] == "claimed" ? s_claimed : new SubjectHash("other"),
            ClaimedTurn = 1,
            Applicant = s_applicant,
            Turn = words[2] == "proven" ? 1 : null,
            Unit = new SubjectHash("u1"),
            Address = new SubjectHash("a2"),
        };
    }

    private static PlaceKey Place(string text)
    {
        var parts = text.Split(' ').Select(part => part == "-" ? null : new SubjectHash(part)).ToArray();
        return new PlaceKey(parts[0], parts[1], parts[2]!);
    }
}
