using System.Net;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteJointPlaceTests() : JointPlaceTests(Engine.Sqlite);

public sealed class PostgresJointPlaceTests() : JointPlaceTests(Engine.PostgreSql);

/// <summary>A place is the proven applicant's: no applicant occupies another's, and no caller learns of another caller's application.</summary>
public abstract class JointPlaceTests(Engine engine) : IAsyncLifetime
{
    private JointDriver _scene = null!;
    private HallDriver _second = null!;

    private HallDriver First => _scene.Hall;

    public async ValueTask InitializeAsync()
    {
        _scene = await JointDriver.StartAsync(engine, SecondHall.Grant);
        _second = _scene.Host.As(SecondHall.Client);
    }

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_proven_owner_hears_that_it_is_open_elsewhere_and_neither_number_nor_office()
    {
        var open = await First.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));

        using var elsewhere = await _second.PostAsync("/v1/joint-applications", JointRequests.New(Utility.Network));
        using var own = await First.PostAsync("/v1/joint-applications", JointRequests.New(Utility.Network));

        var text = await elsewhere.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.Conflict, "already-open"), await ProblemAsync(elsewhere));
        Assert.DoesNotContain(open.JointApplicationId, text, StringComparison.Ordinal);
        Assert.DoesNotContain("jnt_", text, StringComparison.Ordinal);
        Assert.DoesNotContain(open.CaseId, text, StringComparison.Ordinal);
        Assert.Contains("hotline", text, StringComparison.Ordinal);
        Assert.NotEmpty(await _scene.Host.AgencyCallsAsync(SecondHall.Client)); // who asked the registers is on record although nothing was opened
        Assert.Equal((HttpStatusCode.Conflict, "already-open"), await ProblemAsync(own));
        Assert.Contains(open.JointApplicationId, await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_impostor_is_opened_alike_whether_or_not_something_is_open()
    {
        var free = await _second.Api.OpenJointApplicationAsync(Impostor("p02", "t02"));
        await First.Api.OpenJointApplicationAsync(JointRequests.New("p01", "t01", [Utility.Network]));
        var taken = await _second.Api.OpenJointApplicationAsync(Impostor("p01", "t01"));

        Assert.Equal(Shown(free), Shown(taken));
        Assert.All(taken.Legs, leg => Assert.Equal(LegDelivery.Held, leg.Delivery));
        Assert.All(taken.Legs, leg => Assert.Null(leg.Problems));
        // and its own it may not open twice
        Assert.Equal(
            "already-open",
            await JointDriver.CodeOfAsync(() => _second.Api.OpenJointApplicationAsync(Impostor("p01", "t01")))
        );
    }

    [Theory]
    [InlineData("hall")]
    [InlineData(SecondHall.Client)]
    public async Task An_impostor_first_keeps_nobody_out(string office)
    {
        await First.Api.OpenJointApplicationAsync(Impostor("p01", "t01"));

        var owner = await _scene.Host.As(office).Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));

        Assert.Empty(owner.Missing);
        Assert.All(owner.Proofs, proof => Assert.Equal(CheckOutcome.Match, proof.Outcome));
    }

    [Fact]
    public async Task Whoever_does_not_hold_the_title_keeps_its_holder_out_of_nothing()
    {
        // The right person, at a place that is another's, under the number of the place.
        await First.Api.OpenJointApplicationAsync(JointRequests.New("p01", "t02", [Utility.Network]));

        var holder = await _second.Api.OpenJointApplicationAsync(JointRequests.New("p02", "t02", [Utility.Network]));
        var elsewhere = await _second.Api.OpenJointApplicationAsync(JointRequests.New("p01", "t02", [Utility.Network]));

        Assert.Empty(holder.Missing);
        Assert.Equal("propertyTitle", Assert.Single(elsewhere.Missing).Item);
    }

    public static TheoryData<string, string> Forms =>
        new()
        {
            { "unit", "certificate" },
            { "certificate", "unit" },
            { "unit", "address" },
            { "address", "certificate" },
            { "certificate", "both" },
            { "address", "written otherwise" },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_same_place_in_another_form_is_the_same_place(string first, string then)
    {
        var open = await First.Api.OpenJointApplicationAsync(In(first));

        using var again = await First.PostAsync("/v1/joint-applications", In(then));
        using var elsewhere = await _second.PostAsync("/v1/joint-applications", In(then));

        Assert.Equal((HttpStatusCode.Conflict, "already-open"), await ProblemAsync(again));
        Assert.Contains(open.JointApplicationId, await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, "already-open"), await ProblemAsync(elsewhere));
    }

    [Fact]
    public async Task Unit_and_certificate_are_one_place_by_the_registry_alone_and_two_units_of_one_house_are_two()
    {
        await First.Api.OpenJointApplicationAsync(Addressed(In("unit"), "示例路1号东门"));
        Assert.Equal(
            "already-open",
            await JointDriver.CodeOfAsync(() =>
                First.Api.OpenJointApplicationAsync(Addressed(In("certificate"), "示例路1号西门"))
            )
        );

        var flat = JointRequests.New("p01", "t-co", [Utility.Network]);
        await First.Api.OpenJointApplicationAsync(Addressed(flat, "示例路1号东门"));
    }

    [Fact]
    public async Task Twenty_at_once_in_every_form_and_at_both_halls_open_one()
    {
        string[] forms = ["unit", "certificate", "both", "address"];
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => (i % 2 == 0 ? First : _second).PostAsync("/v1/joint-applications", In(forms[i % 4])))
        );

        // A form by address alone proves no title, and shares the place all the same.
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task When_it_has_ended_the_place_is_free_for_the_other_hall()
    {
        var open = await First.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
        await _scene.UntilAsync(open, Utility.Network, LegDelivery.Listed);
        await First.Api.WithdrawJointApplicationAsync(open.JointApplicationId, new() { Reason = "不办了" });
        await Eventually.GetAsync(
            "it is withdrawn",
            () => _scene.Host.As("network").Api.TakeWorkAsync("network", open.Legs[0].LegId),
            taken => taken.State == LegState.Withdrawn
        );

        await _second.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
    }

    [Fact]
    public async Task A_visit_is_shared_with_ones_own_applications_only_and_anothers_is_not_there()
    {
        var own = await First.Api.OpenJointApplicationAsync(JointRequests.New("p01", "t-co", [Utility.Network]));
        var others = await _second.Api.OpenJointApplicationAsync(JointRequests.New("p02", "t-co", [Utility.Network]));
        var mine = await First.Api.OpenJointApplicationAsync(Impostor("p02", "t-co"));
        var from = DateTimeOffset.FromUnixTimeSeconds(_scene.Host.Time.GetUtcNow().AddDays(1).ToUnixTimeSeconds());
        var slot = new SurveyRequest { From = from, Until = from.AddHours(2) };

        await First.Api.ProposeSurveyAsync(mine.JointApplicationId, slot);
        var strange = await _second.Api.ProposeSurveyAsync(others.JointApplicationId, slot);
        var shared = await First.Api.ProposeSurveyAsync(own.JointApplicationId, slot);

        Assert.Empty(strange.Survey!.SharedWith);
        Assert.Equal([mine.JointApplicationId], shared.Survey!.SharedWith);
        Assert.Empty((await _second.Api.GetJointApplicationAsync(others.JointApplicationId)).Survey!.SharedWith);
        Assert.Equal(
            "not-found",
            await JointDriver.CodeOfAsync(() => _second.Api.ProposeSurveyAsync(own.JointApplicationId, slot))
        );
    }

    private static async Task<(HttpStatusCode, string)> ProblemAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, (await HallDriver.ProblemOfAsync(answer)).Code);

    /// <summary>The person's own number and place under another name.</summary>
    private static JointApplicationRequest Impostor(string person, string title)
    {
        var form = JointRequests.New(person, title, [Utility.Network]);
        return form with
        {
            Applicant = new ApplicantInput { Person = SyntheticWorld.Person(person) with { Name = "冒名者" } },
        };
    }

    private static JointApplicationRequest In(string form)
    {
        var request = JointRequests.New(Utility.Network);
        var place = request.Premises!;
        return request with
        {
            Premises = form switch
            {
                "unit" => place with { CertificateNumber = null },
                "certificate" => place with { UnitNumber = null },
                "address" => place with { CertificateNumber = null, UnitNumber = null },
                "written otherwise" => place with
                {
                    CertificateNumber = null,
                    UnitNumber = null,
                    Address = "公安县　斗湖堤镇，示例路１号",
                },
                _ => place,
            },
        };
    }

    private static JointApplicationRequest Addressed(JointApplicationRequest request, string address) =>
        request with
        {
            Premises = request.Premises! with { Address = address },
        };

    private static string Shown(JointApplicationResponse joint) =>
        string.Join(
            '\n',
            [
                $"{joint.State}",
                .. joint.Missing.Select(gap => $"{gap.Utility} {gap.Item} {gap.Text}"),
                .. joint.Proofs.Select(proof => $"{proof.Check} {proof.Outcome}"),
                .. joint.Legs.Select(leg => $"{leg.Utility} {leg.State} {leg.Delivery} {leg.Next.Text}"),
            ]
        );
}
