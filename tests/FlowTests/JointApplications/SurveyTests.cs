using Integration.Contracts.Client;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteSurveyTests() : SurveyTests(Engine.Sqlite);

public sealed class PostgresSurveyTests() : SurveyTests(Engine.PostgreSql);

/// <summary>One visit for a provider that is called and one that pulls.</summary>
public abstract class SurveyTests(Engine engine) : IAsyncLifetime
{
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IntegrationHost.Start(new() { Engine = engine });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task All_providers_confirm_and_every_leg_is_scheduled()
    {
        var joint = await Opened("p01");
        var slot = Slot(1);
        await _host.Agencies.Break("water", "http500", count: 1, operation: "visit");
        var proposed = await _host.Hall.Api.ProposeSurvey(joint.JointApplicationId, slot);
        Assert.Equal(SurveyState.Proposed, proposed.Survey!.State);

        var network = _host.As("network");
        var item = await Asked(network);
        Assert.Equal((slot.From, slot.Until), (item.From, item.Until));
        await network.Api.TakeWork("network", item.LegId);
        Assert.Empty((await network.Api.GetWorkList("network")).Items);
        await Until(joint, shown => shown.Survey!.Confirmed.Contains(Utility.Water));
        Assert.Equal(LegState.Received, Leg(await Shown(joint), Utility.Network).State);

        var answer = await network.Api.ReportStatus("network", Status(item.LegId, "surveyScheduled"));
        Assert.Equal(StatusEffect.Applied, answer.Effect);
        var arranged = await Shown(joint);
        Assert.Equal(SurveyState.Arranged, arranged.Survey!.State);
        Assert.All(arranged.Legs, leg => Assert.Equal(LegState.SurveyScheduled, leg.State));
    }

    [Fact]
    public async Task One_declines_and_another_time_is_proposed()
    {
        var joint = await Opened("p01");
        await _host.Agencies.ConfirmVisits("water", confirms: false);
        await _host.Hall.Api.ProposeSurvey(joint.JointApplicationId, Slot(1));
        var network = _host.As("network");
        var item = await Asked(network);
        await network.Api.ReportStatus("network", Status(item.LegId, "surveyDeclined"));
        var declined = await Until(joint, shown => shown.Survey!.Declined.Count == 2);
        Assert.Equal(SurveyState.Declined, declined.Survey!.State);
        Assert.Null(Leg(declined, Utility.Network).RawStatus);
        Assert.All(declined.Legs, leg => Assert.Equal(LegState.Received, leg.State));

        await _host.Agencies.ConfirmVisits("water", confirms: true);
        var again = await _host.Hall.Api.ProposeSurvey(joint.JointApplicationId, Slot(2));
        Assert.Empty(again.Survey!.Declined);
        await Asked(network);
        await network.Api.ReportStatus("network", Status(item.LegId, "surveyScheduled"));
        await Until(joint, shown => shown.Survey!.State == SurveyState.Arranged);
    }

    [Fact]
    public async Task Two_applications_at_one_site_share_the_visit_and_a_wrong_time_is_refused()
    {
        var first = await Opened("p01");
        var second = await Opened("p02");
        var slot = Slot(3);
        await _host.Hall.Api.ProposeSurvey(first.JointApplicationId, slot);
        var shared = await _host.Hall.Api.ProposeSurvey(second.JointApplicationId, slot);
        Assert.Equal([first.JointApplicationId], shared.Survey!.SharedWith);
        Assert.Equal([second.JointApplicationId], (await Shown(first)).Survey!.SharedWith);

        Assert.Equal(
            "request-invalid",
            await Refused(() => _host.Hall.Api.ProposeSurvey(first.JointApplicationId, new SurveyRequest()))
        );
        await _host.Hall.Api.WithdrawJointApplication(second.JointApplicationId, new() { Reason = "不办了" });
        Assert.Equal(
            "state-conflict",
            await Refused(() => _host.Hall.Api.ProposeSurvey(second.JointApplicationId, slot))
        );
        Assert.Equal(
            "not-found",
            await Refused(() => _host.As("network").Api.ProposeSurvey(first.JointApplicationId, slot))
        );
    }

    [Fact]
    public async Task Legs_wait_for_permits_and_everybody_inspected_is_kept()
    {
        var opened = await _host.Hall.Api.OpenJointApplication(JointRequests.New(Utility.Network));
        var id = opened.JointApplicationId;
        var network = _host.As("network");
        await network.Api.ReportStatus("network", Status(opened.Legs[0].LegId, "planAnswered"));
        var road = new PermitRequest
        {
            Permit = PermitKind.Road,
            State = PermitState.AppliedFor,
            Reference = "ROAD-1",
        };
        Assert.Equal("state-conflict", await Refused(() => Report(id, road with { State = PermitState.Granted })));
        Assert.Equal("request-invalid", await Refused(() => Report(id, road with { Permit = null })));

        Assert.Equal(LegState.AwaitingPermit, (await Report(id, road)).Legs[0].State);
        var refused = await Report(id, road with { State = PermitState.Refused });
        Assert.Equal((LegState.Suspended, "authority"), (refused.Legs[0].State, refused.Legs[0].Suspension!.Who));
        await Report(id, road);
        var granted = await Report(id, road with { State = PermitState.Granted, Reference = null });
        Assert.Equal(LegState.PlanAnswered, granted.Legs[0].State);
        Assert.Equal("ROAD-1", Assert.Single(granted.Permits!).Reference);

        Assert.Null((await Shown(opened)).AcceptedJointlyAt);
        await network.Api.ReportStatus("network", Status(opened.Legs[0].LegId, "inspected"));
        Assert.NotNull((await Shown(opened)).AcceptedJointlyAt);
    }

    private Task<JointApplicationAnswer> Report(string id, PermitRequest permit) =>
        _host.Hall.Api.ReportPermit(id, permit);

    /// <summary>Water and network, both at their providers.</summary>
    private async Task<JointApplicationAnswer> Opened(string person)
    {
        var joint = await _host.Hall.Api.OpenJointApplication(
            JointRequests.New(person, "t01", [Utility.Water, Utility.Network])
        );
        foreach (var leg in joint.Legs.Where(leg => Leg(joint, leg.Utility).Delivery == LegDelivery.Held))
        {
            // The title is another's: for a visit that does not matter.
            var paper = new Contracts.V1.Applications.MaterialRequest
            {
                Proof = "propertyTitle",
                Reference = "FILE-1",
                Sha256 = new string('a', 64),
            };
            await _host.Hall.Api.ResendLeg(
                joint.JointApplicationId,
                leg.Utility.ToString().ToLowerInvariant(),
                new LegResendRequest { Materials = [paper] }
            );
        }

        await Until(joint, shown => Leg(shown, Utility.Network).Delivery == LegDelivery.Listed);
        await _host.As("network").Api.TakeWork("network", Leg(joint, Utility.Network).LegId);
        return await Until(joint, shown => shown.Legs.All(leg => leg.Delivery == LegDelivery.Arrived));
    }

    private static async Task<WorkItem> Asked(HallDriver network) =>
        (
            await Eventually.Of(
                "the visit is on the work list",
                () => network.Api.GetWorkList("network"),
                list => list.Items is [{ Work: WorkKind.Survey }]
            )
        ).Items[0];

    private Task<JointApplicationAnswer> Until(
        JointApplicationAnswer joint,
        Func<JointApplicationAnswer, bool> condition
    ) => Eventually.Of("the joint application is there", () => Shown(joint), condition);

    private Task<JointApplicationAnswer> Shown(JointApplicationAnswer joint) =>
        _host.Hall.Api.GetJointApplication(joint.JointApplicationId);

    private static LegAnswer Leg(JointApplicationAnswer joint, Utility utility) =>
        joint.Legs.Single(leg => leg.Utility == utility);

    private SurveyRequest Slot(int days)
    {
        var day = DateTimeOffset.FromUnixTimeSeconds(_host.Time.GetUtcNow().AddDays(days).ToUnixTimeSeconds());
        return new SurveyRequest { From = day, Until = day.AddHours(2) };
    }

    private LegStatusReport Status(string legId, string state) =>
        new()
        {
            StatusId = $"{legId}-{Guid.CreateVersion7():n}"[^40..],
            LegId = legId,
            State = state,
            At = _host.Time.GetUtcNow(),
        };

    private static async Task<string> Refused(Func<Task> act) =>
        (await Assert.ThrowsAsync<IntegrationProblemException>(act)).Problem.Code;
}
