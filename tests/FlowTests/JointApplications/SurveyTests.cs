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

    public async ValueTask InitializeAsync() => _host = await IntegrationHost.StartAsync(new() { Engine = engine });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task All_providers_confirm_and_every_leg_is_scheduled()
    {
        var joint = await OpenedAsync("p01");
        var slot = Slot(1);
        await _host.Agencies.BreakAsync("water", "http500", count: 1, operation: "visit");
        var proposed = await _host.Hall.Api.ProposeSurveyAsync(joint.JointApplicationId, slot);
        Assert.Equal(SurveyState.Proposed, proposed.Survey!.State);

        var network = _host.As("network");
        var item = await AskedAsync(network);
        Assert.Equal((slot.From, slot.Until), (item.From, item.Until));
        await network.Api.TakeWorkAsync("network", item.LegId);
        Assert.Empty((await network.Api.GetWorkListAsync("network")).Items);
        await UntilAsync(joint, shown => shown.Survey!.Confirmed.Contains(Utility.Water));
        Assert.Equal(LegState.Received, Leg(await ShownAsync(joint), Utility.Network).State);

        var answer = await network.Api.ReportStatusAsync("network", Status(item.LegId, "surveyScheduled"));
        Assert.Equal(StatusEffect.Applied, answer.Effect);
        var arranged = await ShownAsync(joint);
        Assert.Equal(SurveyState.Arranged, arranged.Survey!.State);
        Assert.All(arranged.Legs, leg => Assert.Equal(LegState.SurveyScheduled, leg.State));
    }

    [Fact]
    public async Task One_declines_and_another_time_is_proposed()
    {
        var joint = await OpenedAsync("p01");
        await _host.Agencies.ConfirmVisitsAsync("water", confirms: false);
        await _host.Hall.Api.ProposeSurveyAsync(joint.JointApplicationId, Slot(1));
        var network = _host.As("network");
        var item = await AskedAsync(network);
        await network.Api.ReportStatusAsync("network", Status(item.LegId, "surveyDeclined"));
        var declined = await UntilAsync(joint, shown => shown.Survey!.Declined.Count == 2);
        Assert.Equal(SurveyState.Declined, declined.Survey!.State);
        Assert.Null(Leg(declined, Utility.Network).RawStatus);
        Assert.All(declined.Legs, leg => Assert.Equal(LegState.Received, leg.State));

        await _host.Agencies.ConfirmVisitsAsync("water", confirms: true);
        var again = await _host.Hall.Api.ProposeSurveyAsync(joint.JointApplicationId, Slot(2));
        Assert.Empty(again.Survey!.Declined);
        await AskedAsync(network);
        await network.Api.ReportStatusAsync("network", Status(item.LegId, "surveyScheduled"));
        await UntilAsync(joint, shown => shown.Survey!.State == SurveyState.Arranged);
    }

    [Fact]
    public async Task Two_applications_at_one_site_share_the_visit_and_a_wrong_time_is_refused()
    {
        var first = await OpenedAsync("p01");
        var second = await OpenedAsync("p02");
        var slot = Slot(3);
        await _host.Hall.Api.ProposeSurveyAsync(first.JointApplicationId, slot);
        var shared = await _host.Hall.Api.ProposeSurveyAsync(second.JointApplicationId, slot);
        Assert.Equal([first.JointApplicationId], shared.Survey!.SharedWith);
        Assert.Equal([second.JointApplicationId], (await ShownAsync(first)).Survey!.SharedWith);

        Assert.Equal(
            "request-invalid",
            await RefusedAsync(() => _host.Hall.Api.ProposeSurveyAsync(first.JointApplicationId, new SurveyRequest()))
        );
        var withdrawn = await _host.Hall.Api.WithdrawJointApplicationAsync(
            second.JointApplicationId,
            new() { Reason = "不办了" }
        );
        Assert.Empty(withdrawn.Survey!.SharedWith);
        Assert.Empty((await ShownAsync(first)).Survey!.SharedWith);
        Assert.Equal(
            "state-conflict",
            await RefusedAsync(() => _host.Hall.Api.ProposeSurveyAsync(second.JointApplicationId, slot))
        );
        Assert.Equal(
            "not-found",
            await RefusedAsync(() => _host.As("network").Api.ProposeSurveyAsync(first.JointApplicationId, slot))
        );
    }

    [Fact]
    public async Task Legs_wait_for_permits_and_everybody_inspected_is_kept()
    {
        var opened = await _host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
        var id = opened.JointApplicationId;
        var network = _host.As("network");
        await network.Api.ReportStatusAsync("network", Status(opened.Legs[0].LegId, "planAnswered"));
        var road = new PermitRequest
        {
            Permit = PermitKind.Road,
            State = PermitState.AppliedFor,
            Reference = "ROAD-1",
        };
        Assert.Equal(
            "state-conflict",
            await RefusedAsync(() => ReportAsync(id, road with { State = PermitState.Granted }))
        );
        Assert.Equal("request-invalid", await RefusedAsync(() => ReportAsync(id, road with { Permit = null })));

        Assert.Equal(LegState.AwaitingPermit, (await ReportAsync(id, road)).Legs[0].State);
        var refused = await ReportAsync(id, road with { State = PermitState.Refused });
        Assert.Equal((LegState.Suspended, "authority"), (refused.Legs[0].State, refused.Legs[0].Suspension!.Who));
        await ReportAsync(id, road);
        var granted = await ReportAsync(id, road with { State = PermitState.Granted, Reference = null });
        Assert.Equal(LegState.PlanAnswered, granted.Legs[0].State);
        Assert.Equal("ROAD-1", Assert.Single(granted.Permits!).Reference);

        Assert.Null((await ShownAsync(opened)).AcceptedJointlyAt);
        await network.Api.ReportStatusAsync("network", Status(opened.Legs[0].LegId, "inspected"));
        Assert.NotNull((await ShownAsync(opened)).AcceptedJointlyAt);
    }

    private Task<JointApplicationResponse> ReportAsync(string id, PermitRequest permit) =>
        _host.Hall.Api.ReportPermitAsync(id, permit);

    /// <summary>Water and network, both at their providers.</summary>
    private async Task<JointApplicationResponse> OpenedAsync(string person)
    {
        var joint = await _host.Hall.Api.OpenJointApplicationAsync(
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
            await _host.Hall.Api.ResendLegAsync(
                joint.JointApplicationId,
                leg.Utility.ToString().ToLowerInvariant(),
                new LegResendRequest { Materials = [paper] }
            );
        }

        await UntilAsync(joint, shown => Leg(shown, Utility.Network).Delivery == LegDelivery.Listed);
        await _host.As("network").Api.TakeWorkAsync("network", Leg(joint, Utility.Network).LegId);
        return await UntilAsync(joint, shown => shown.Legs.All(leg => leg.Delivery == LegDelivery.Arrived));
    }

    private static async Task<WorkItem> AskedAsync(HallDriver network) =>
        (
            await Eventually.GetAsync(
                "the visit is on the work list",
                () => network.Api.GetWorkListAsync("network"),
                list => list.Items is [{ Work: WorkKind.Survey }]
            )
        ).Items[0];

    private Task<JointApplicationResponse> UntilAsync(
        JointApplicationResponse joint,
        Func<JointApplicationResponse, bool> condition
    ) => Eventually.GetAsync("the joint application is there", () => ShownAsync(joint), condition);

    private Task<JointApplicationResponse> ShownAsync(JointApplicationResponse joint) =>
        _host.Hall.Api.GetJointApplicationAsync(joint.JointApplicationId);

    private static LegResponse Leg(JointApplicationResponse joint, Utility utility) =>
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

    private static async Task<string> RefusedAsync(Func<Task> act) =>
        (await Assert.ThrowsAsync<IntegrationProblemException>(act)).Problem.Code;
}
