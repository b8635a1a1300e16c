using System.Text.Json.Nodes;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Tests.Policy;

public class PolicyTests
{
    private static readonly PolicyFile s_shipped = PolicyFile.In(directory: null).Single();

    public static TheoryData<string, string, string> WrongData { get; } =
        new()
        {
            { "proofs/0/check", "\"fingerprint\"", "proofs[0].check" },
            { "version", "\"No Spaces\"", "#/version" },
            { "services/0/proofs/0/proof", "\"passport\"", "proof passport is not defined" },
            { "services/0/purposes/0", "\"marketing\"", "purpose marketing is not defined" },
            { "services/0/limits/0/limit", "\"someday\"", "limit someday is not defined" },
            { "checks/0/sources/0", "\"gossip\"", "no agency gossip can answer it" },
            { "checks/0/fields/0", "\"religion\"", "field religion is not one that a grant can name" },
            { "purposes/0/name", "\"curiosity\"", "purpose curiosity is not one that a grant can name" },
            { "proofs/1/name", "\"applicantIdentity\"", "proofs has applicantIdentity more than once" },
            { "proofs/1/commitmentWorkingDays", "null", "proofs[1].commitmentWorkingDays" },
            { "proofs/0/accepts", "[\"commitment\"]", "a commitment and its working days go together" },
            { "supply/voltages/0/upToKw", "500", "the limits have to ascend" },
            { "supply/voltages/2/upToKw", "500", "the last level has to be without limit" },
            { "supply/highVoltage", "\"35kV\"", "high voltage 35kV is not one of the voltages" },
            { "recheck/afterSeconds/0", "60", "the waiting times have to ascend" },
            { "simpleConnection/voltage/anyOf/0", "\"10kV\"", "low voltage 10kV is not defined" },
            { "simpleConnection/voltage/anyOf/1", "\"110V\"", "low voltage 110V is not defined" },
            { "simpleConnection/capacity/upToKw", "201", "its capacity needs 10kV" },
            { "simpleConnection/size/anyOf/0", "\"tiny\"", "simpleConnection.size.anyOf[0]" },
            { "simpleConnection/direct/legalReference", "\"\"", "simpleConnection.direct.legalReference" },
            { "services/1/limits/0/when/0", "\"enterpriseIsNice\"", "limits[0].when[0]" },
            { "validUntil", "\"2021-12-31\"", "validUntil lies before validFrom" },
            { "services/3/needs", "[\"capacity\"]", "an account that is needed" },
            { "limits/0/legalReference", "\"\"", "limits[0].legalReference" },
            { "surprise", "1", "surprise" },
            { "limits/0/clock", "\"acceptance\"", "limits[0].clock" },
            { "clocks/acceptance/kind", "\"workingDays\"", "clocks.acceptance.kind" },
            { "clocks/yellowFromPercent", "100", "clocks.yellowFromPercent" },
            { "clocks/milestones/1/milestone", "\"drunk\"", "clocks.milestones[1].milestone" },
            { "clocks/milestones/1/milestone", "\"inspected\"", "milestones has inspected more than once" },
            { "clocks/milestones/0/milestone", "\"surveyed\"", "the first milestone has to be accepted" },
            { "clocks/milestones/8/milestone", "\"surveyed\"", "the last milestone has to be closed" },
            { "clocks/milestones/0/starts", "[\"whole\"]", "has to start the clock company" },
            { "clocks/milestones/0/ends", "[]", "has to end the clock acceptance" },
            { "clocks/milestones/3/starts", "[]", "no milestone starts the clock grid-works" },
            { "clocks/milestones/7/ends", "[]", "no milestone before the last ends the clock whole" },
            { "clocks/milestones/4/needs", "[\"closed\"]", "closed does not come before it" },
            { "clocks/stops/0/reason", "\"siesta\"", "clocks.stops[0].reason" },
            { "clocks/stops/0/reason", "\"force-majeure\"", "stops has force-majeure more than once" },
            { "clocks/stops/0/clocks", "[]", "clocks.stops[0].clocks" },
            { "fees/allowed/0/name", "\"调试费\"", "调试费 is allowed and forbidden" },
            { "fees/forbidden/0/words", "[]", "fees.forbidden[0].words" },
            { "fees/nothingElse/0", "\"heating\"", "fees.nothingElse[0]" },
            { "jointClocks/limits/3/utility", "\"steam\"", "jointClocks.limits[3].utility" },
            { "jointClocks/limits/3/utility", "\"gas\"", "no line without a condition for Water and New" },
            { "jointClocks/limits/3/utility", "\"gas\"", "joint-gas stands after a line that fits always" },
            { "jointClocks/limits/3/name", "\"joint-gas\"", "jointClocks has joint-gas more than once" },
            { "jointClocks/limits/3/workingDays", "0", "jointClocks.limits[3].workingDays" },
            { "jointClocks/acceptance/legalReference", "\"\"", "jointClocks.acceptance.legalReference" },
        };

    [Fact]
    public void The_shipped_edition_is_sound_and_has_the_eight_services()
    {
        var edition = PolicyBook.Open([s_shipped], Agencies.All).InForce(Moments.Now);

        Assert.Equal(8, edition.Services.Count);
        Assert.All(edition.Proofs, proof => Assert.NotEmpty(proof.LegalReference));
    }

    [Theory]
    [MemberData(nameof(WrongData))]
    public void Wrong_data_is_refused_and_the_fault_is_named(string path, string value, string expected)
    {
        var refused = Assert.Throws<PolicyInvalidException>(() =>
            PolicyBook.Open([Changed(path, value)], Agencies.All)
        );

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_an_edition_is_listed_at_once()
    {
        var file = Changed("services/0/proofs/0/proof", "\"passport\"", "checks/0/sources/0", "\"gossip\"");

        var refused = Assert.Throws<PolicyInvalidException>(() => PolicyBook.Open([file], Agencies.All));

        Assert.Equal(2, refused.Faults.Count);
    }

    [Fact]
    public void A_utility_that_is_not_switched_on_needs_no_lines()
    {
        var withoutTelevision = Without(Utility.Television);
        var others = Agencies.Utilities.Where(utility => utility != Utility.Television).ToHashSet();
        const Utility Sixth = (Utility)5;

        var edition = PolicyBook.Open([withoutTelevision], Agencies.All, others).InForce(Moments.Now);
        Assert.False(edition.JointClocks.Covers(Utility.Television, JointKind.New));
        Assert.Equal(
            [
                "no line without a condition for Television and New",
                "no line without a condition for Television and Transfer",
            ],
            Faults(withoutTelevision, Agencies.Utilities)
        );
        Assert.Equal(
            ["no line without a condition for 5 and New", "no line without a condition for 5 and Transfer"],
            Faults(s_shipped, [.. Agencies.Utilities, Sixth])
        );

        static IEnumerable<string> Faults(PolicyFile file, HashSet<Utility> utilities) =>
            Assert
                .Throws<PolicyInvalidException>(() => PolicyBook.Open([file], Agencies.All, utilities))
                .Faults.Select(fault => fault[(fault.IndexOf("no line", StringComparison.Ordinal))..].TrimEnd('.'));
    }

    [Fact]
    public void The_lines_of_a_utility_that_is_not_switched_on_are_judged_all_the_same() =>
        Assert.Contains(
            "joint-gas stands after a line that fits always",
            Assert
                .Throws<PolicyInvalidException>(() =>
                    PolicyBook.Open(
                        [Changed("jointClocks/limits/3/utility", "\"gas\"")],
                        Agencies.All,
                        new HashSet<Utility>()
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_file_that_is_not_json_is_refused() =>
        Assert.Throws<PolicyInvalidException>(() => PolicyBook.Open([new PolicyFile("x.json", "{")], Agencies.All));

    [Fact]
    public void A_book_without_an_edition_is_refused() =>
        Assert.Throws<PolicyInvalidException>(() => PolicyBook.Open([], Agencies.All));

    [Theory]
    [InlineData("2026-12-31", "2027-01-01", null)]
    [InlineData("2026-12-31", "2027-01-02", "no edition is in force from 2027-01-01")]
    [InlineData("2026-12-31", "2026-12-31", "overlap from 2026-12-31")]
    [InlineData("2026-12-31", "2027-01-01", "the last edition ends on 2030-01-01", "2030-01-01")]
    public void Editions_follow_each_other_without_gap_or_overlap(
        string until,
        string from,
        string? fault,
        string? end = null
    )
    {
        var first = Changed("validUntil", $"\"{until}\"");
        var second = Changed([
            "version",
            "\"next\"",
            "validFrom",
            $"\"{from}\"",
            .. end is null ? [] : new[] { "validUntil", $"\"{end}\"" },
        ]);

        var refused = Record.Exception(() => PolicyBook.Open([first, second], Agencies.All));

        if (fault is null)
        {
            Assert.Null(refused);
        }
        else
        {
            Assert.Contains(fault, Assert.IsType<PolicyInvalidException>(refused).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_day_on_which_an_edition_changes_is_the_countys_day()
    {
        var book = PolicyBook.Open(
            [Changed("validUntil", "\"2026-12-31\""), Changed("version", "\"next\"", "validFrom", "\"2027-01-01\"")],
            Agencies.All
        );

        Assert.Equal("gongan-2022.1", book.InForce(DateTimeOffset.Parse("2026-12-31T15:59:59Z")).Version);
        Assert.Equal("next", book.InForce(DateTimeOffset.Parse("2026-12-31T16:00:00Z")).Version);
    }

    [Fact]
    public void Repetitions_get_rarer_and_end_with_the_age_of_the_application()
    {
        var recheck = PolicyBook.Open([s_shipped], Agencies.All).InForce(Moments.Now).Recheck;

        Assert.Equal(Moments.Now.AddSeconds(5), recheck.Next(0, Moments.Now, Moments.Now));
        Assert.Equal(Moments.Now.AddHours(2), recheck.Next(50, Moments.Now, Moments.Now));
        Assert.Null(recheck.Next(50, Moments.Now.AddDays(-11), Moments.Now));
    }

    private static PolicyFile Without(Utility utility)
    {
        var root = JsonNode.Parse(s_shipped.Text)!;
        var limits = root["jointClocks"]!["limits"]!.AsArray();
        var name = JsonNames.From(utility);
        foreach (var line in limits.Where(line => line!["utility"]!.GetValue<string>() == name).ToList())
        {
            limits.Remove(line);
        }

        return new PolicyFile("without.json", root.ToJsonString());
    }

    private static PolicyFile Changed(params string[] pathsAndValues)
    {
        var root = JsonNode.Parse(s_shipped.Text)!;
        foreach (var change in pathsAndValues.Chunk(2))
        {
            var steps = change[0].Split('/');
            var parent = steps[..^1]
                .Aggregate(root, (node, step) => int.TryParse(step, out var i) ? node[i]! : node[step]!);
            var value = JsonNode.Parse(change[1]);
            if (int.TryParse(steps[^1], out var index))
            {
                parent[index] = value;
            }
            else
            {
                parent[steps[^1]] = value;
            }
        }

        return new PolicyFile("changed.json", root.ToJsonString());
    }
}
