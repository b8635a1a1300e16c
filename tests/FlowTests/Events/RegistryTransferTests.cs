using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.JointApplications;
using Integration.FlowTests.JointApplications;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.JointApplications;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Events;

public sealed class SqliteRegistryTransferTests() : RegistryTransferTests(Engine.Sqlite);

public sealed class PostgresRegistryTransferTests() : RegistryTransferTests(Engine.PostgreSql);

/// <summary>A transfer in the registry takes the accounts of utilities along: the same legs as the request, from an event.</summary>
public abstract class RegistryTransferTests(Engine engine) : IAsyncLifetime
{
    private EventDriver _scene = null!;

    private IntegrationHost Host => _scene.Host;

    public async ValueTask InitializeAsync() => _scene = await EventDriver.StartAsync(new() { Engine = engine });

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_transfer_opens_legs_that_are_looked_at_first_and_come_to_their_providers()
    {
        await Host.Agencies.OpenAccountAsync("water", RegistryEvents.Account);
        var receipt = await _scene.Municipal.AcceptedAsync(
            RegistryEvents.Transferred("p01", "t01", [Utility.Water, Utility.Network])
        );
        Assert.StartsWith("transfer-", receipt.CaseId, StringComparison.Ordinal);
        var done = await _scene.ReachesAsync(receipt.ReceiptId, EventState.Processed);
        Assert.Equal(("accepted", null), (done.Result, done.ApplicationId));

        var joint = await UntilAsync(
            done.JointApplicationId!,
            shown => shown.Legs.Select(leg => leg.Delivery).SequenceEqual([LegDelivery.Arrived, LegDelivery.Listed])
        );
        Assert.Equal((JointKind.Transfer, receipt.CaseId), (joint.Kind, joint.CaseId));
        Assert.Equal(["identity", "propertyTitle"], joint.Proofs.Select(proof => proof.Check));
        var calls = (await Host.Agencies.CallsOfAsync("water")).Select(call => call.Operation).ToList();
        Assert.True(
            calls.IndexOf("precheck") >= 0 && calls.IndexOf("precheck") < calls.IndexOf("order"),
            string.Join(',', calls)
        );
        Assert.Single(await Host.Agencies.LegsOfAsync("water"));

        var page = await Host.Hall.Api.GetCaseAsync(receipt.CaseId);
        Assert.Equal(CaseState.Open, page.State);
        Assert.Contains(page.Timeline, entry => entry is { What: "registry.transferred", Outcome: "accepted" });
        Assert.Contains(page.Timeline, entry => entry.Reference == joint.JointApplicationId && entry.Kind == "act");
        var clock = Assert.Single((await _scene.CaseAsync(receipt.CaseId)).Clocks);
        Assert.Equal(
            ("acceptance", receipt.ReceiptId, receipt.ReceivedAt, false),
            (clock.Clock, clock.ReceiptId, clock.StartedAt, clock.IsRunning)
        );
        var told = Assert.Single(await _scene.NoticesAsync(receipt.CaseId), notice => notice.Type == "joint.opened");
        Assert.Equal(
            (done.JointApplicationId, "water,network"),
            (told.Data["jointApplicationId"], told.Data["utilities"])
        );
        Assert.All(
            await _scene.EvidenceAsync(receipt.CaseId),
            record => Assert.Equal("joint.transfer", record.GetProperty("purpose").GetString())
        );
    }

    [Fact]
    public async Task A_seizure_stops_every_leg()
    {
        await Host.Agencies.OpenAccountAsync("water", RegistryEvents.Account);
        var done = await ProcessedAsync(
            RegistryEvents.Transferred("p05", "t-seized", [Utility.Water, Utility.Network])
        );
        var joint = await Host.Hall.Api.GetJointApplicationAsync(done.JointApplicationId!);

        Assert.All(joint.Legs, leg => Assert.Equal(LegDelivery.Held, leg.Delivery));
        Assert.All(joint.Legs, leg => Assert.Equal("seizure", Assert.Single(leg.Problems!).Problem));
        Assert.Empty(await Host.Agencies.LegsOfAsync("water"));
        var told = Assert.Single(await _scene.NoticesAsync(done.CaseId), notice => notice.Type == "joint.opened");
        Assert.Equal("water,network", told.Data["held"]);
    }

    [Fact]
    public async Task Arrears_and_an_account_of_somebody_else_hold_their_leg_until_it_is_sent_again()
    {
        await Host.Agencies.OpenAccountAsync("water", RegistryEvents.Account, arrears: true);
        await Host.Agencies.OpenAccountAsync("gas", RegistryEvents.Account, holder: "other");
        var done = await ProcessedAsync(RegistryEvents.Transferred(Utility.Water, Utility.Gas, Utility.Network));
        var held = await UntilAsync(
            done.JointApplicationId!,
            shown =>
                shown
                    .Legs.Select(leg => leg.Delivery)
                    .SequenceEqual([LegDelivery.Held, LegDelivery.Held, LegDelivery.Listed])
        );
        Assert.Equal(
            [(Utility.Water, "arrears"), (Utility.Gas, "account")],
            held.Missing.Select(gap => (gap.Utility!.Value, gap.Item))
        );
        Assert.Equal("account-holder", Assert.Single(held.Legs[1].Problems!).Problem);

        await Host.Agencies.OpenAccountAsync("water", RegistryEvents.Account, arrears: false);
        await Host.Hall.Api.ResendLegAsync(done.JointApplicationId!, "water", new LegResendRequest());
        await UntilAsync(done.JointApplicationId!, shown => shown.Legs[0].Delivery == LegDelivery.Arrived);
        Assert.Empty(await Host.Agencies.LegsOfAsync("gas"));
        await Host.Agencies.OpenAccountAsync("gas", "G-200");
        await Host.Hall.Api.ResendLegAsync(done.JointApplicationId!, "gas", new LegResendRequest { Account = "G-200" });
        await UntilAsync(done.JointApplicationId!, shown => shown.Legs[1].Delivery == LegDelivery.Arrived);
    }

    [Fact]
    public async Task What_is_missing_for_a_utility_is_a_gap_of_its_leg_and_refuses_nothing()
    {
        var input = RegistryEvents
            .Transferred(Utility.Water, Utility.Network)
            .With(transfer =>
                transfer with
                {
                    Former = transfer.Former! with { Accounts = [transfer.Former.Accounts![1]] },
                    Utilities = [transfer.Utilities![0] with { Consent = null }, transfer.Utilities[1]],
                }
            );
        var done = await ProcessedAsync(input);
        var joint = await UntilAsync(done.JointApplicationId!, shown => shown.Legs[1].Delivery == LegDelivery.Listed);

        Assert.Equal(("accepted", LegDelivery.Held), (done.Result, joint.Legs[0].Delivery));
        Assert.Equal(["consent", "account"], joint.Missing.Select(gap => gap.Item));
    }

    [Fact]
    public async Task Delivered_again_or_told_under_another_number_it_opens_one_application()
    {
        var input = RegistryEvents.Transferred(Utility.Network);
        var first = await ProcessedAsync(input);
        var repeated = await _scene.Municipal.AcceptedAsync(input);
        var second = await ProcessedAsync(input with { Id = MunicipalEvents.NewId() });

        Assert.Equal((ReceiptStatus.Duplicate, first.ReceiptId), (repeated.Status, repeated.ReceiptId));
        Assert.Equal(("already-open", first.JointApplicationId), (second.Result, second.JointApplicationId));
        Assert.Equal(first.CaseId, second.CaseId);
        Assert.Single(await JointAsync());
        Assert.Equal(CaseState.Open, (await Host.Hall.Api.GetCaseAsync(first.CaseId)).State);
        Assert.Single(await _scene.NoticesAsync(first.CaseId), notice => notice.Type == "joint.opened");
    }

    [Fact]
    public async Task What_the_hall_has_open_already_stands_and_the_case_of_the_event_is_closed()
    {
        var input = RegistryEvents.Transferred(Utility.Network);
        var transfer = input.Data!.Transfer!;
        var open = await Host.Hall.Api.OpenJointApplicationAsync(
            new JointApplicationRequest
            {
                CaseId = HallRequests.NewCase(),
                Purpose = "joint.transfer",
                Basis = transfer.Basis,
                Kind = JointKind.Transfer,
                Applicant = transfer.Applicant,
                Premises = transfer.Premises,
                Utilities = transfer.Utilities,
                Former = transfer.Former,
            }
        );
        var done = await ProcessedAsync(input);

        Assert.Equal(("already-open", open.JointApplicationId), (done.Result, done.JointApplicationId));
        Assert.Single(await JointAsync());
        Assert.Equal(CaseState.Closed, (await Host.Hall.Api.GetCaseAsync(done.CaseId)).State);
        Assert.Equal(CaseState.Open, (await Host.Hall.Api.GetCaseAsync(open.CaseId)).State);
    }

    [Fact]
    public async Task Where_another_office_has_it_open_the_event_names_nothing()
    {
        await using var scene = await EventDriver.StartAsync(new() { Engine = engine, Callers = SecondHall.Grant });
        var input = RegistryEvents.Transferred(Utility.Network);
        var transfer = input.Data!.Transfer!;
        var open = await scene
            .Host.As(SecondHall.Client)
            .Api.OpenJointApplicationAsync(
                new JointApplicationRequest
                {
                    CaseId = HallRequests.NewCase(),
                    Purpose = "joint.transfer",
                    Basis = transfer.Basis,
                    Kind = JointKind.Transfer,
                    Applicant = transfer.Applicant,
                    Premises = transfer.Premises! with { UnitNumber = null },
                    Utilities = transfer.Utilities,
                    Former = transfer.Former,
                }
            );
        var done = await scene.ProcessedAsync(input);

        Assert.Equal(("already-open", null), (done.Result, done.JointApplicationId));
        var page = await scene.Host.Hall.Api.GetCaseAsync(done.CaseId);
        Assert.Equal(CaseState.Closed, page.State);
        Assert.DoesNotContain(
            page.Timeline,
            entry =>
                entry.Reference == open.JointApplicationId
                || entry.Detail?.Contains("jnt_", StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task Where_nothing_is_ticked_nothing_is_opened_and_no_more_than_the_receipt_is_kept()
    {
        var receipt = await _scene.Municipal.AcceptedAsync(RegistryEvents.Transferred());
        var done = await _scene.Municipal.ReadAsync(receipt.ReceiptId);

        Assert.Equal((EventState.Processed, "nothing-requested"), (done.State, done.Result));
        Assert.Empty(await JointAsync());
        await using var db = await DatabaseAsync();
        Assert.False(await db.Set<SignedMessageRow>().AnyAsync());
        Assert.Null((await db.Set<EventRow>().SingleAsync()).MessageId);
    }

    [Fact]
    public async Task A_case_that_a_late_transfer_opened_for_nothing_is_closed()
    {
        await _scene.Municipal.AcceptedAsync(RegistryEvents.Transferred() with { Sequence = "1" });
        var late = await ProcessedAsync(RegistryEvents.Transferred(Utility.Network) with { Sequence = "1" });

        Assert.Equal(("late", null), (late.Result, late.JointApplicationId));
        Assert.Empty(await JointAsync());
        Assert.Equal(CaseState.Closed, (await Host.Hall.Api.GetCaseAsync(late.CaseId)).State);
    }

    [Fact]
    public async Task Sold_again_the_next_holder_has_an_application_of_its_own_in_the_case_of_the_property()
    {
        var first = await ProcessedAsync(Counted("p01", sequence: 1));
        var third = await _scene.Municipal.AcceptedAsync(Counted("p03", sequence: 3));
        await _scene.ReachesAsync(third.ReceiptId, EventState.WaitingForEarlier);
        var second = await ProcessedAsync(Counted("p02", sequence: 2));
        var last = await _scene.ReachesAsync(third.ReceiptId, EventState.Processed);
        var late = await ProcessedAsync(Counted("p04", sequence: 2));

        Assert.Equal(["accepted", "accepted", "accepted"], [first.Result, second.Result, last.Result]);
        Assert.Equal([first.CaseId, first.CaseId], [second.CaseId, last.CaseId]);
        Assert.Equal(("late", null), (late.Result, late.JointApplicationId));
        Assert.Equal(
            [first.JointApplicationId, second.JointApplicationId, last.JointApplicationId],
            (await JointAsync()).Select(row => row.JointId).Order(StringComparer.Ordinal)
        );
        Assert.Equal(CaseState.Open, (await Host.Hall.Api.GetCaseAsync(first.CaseId)).State);
    }

    [Fact]
    public async Task A_later_sale_stops_what_the_former_buyer_has_open_and_leaves_what_is_connected()
    {
        await Host.Agencies.OpenAccountAsync("water", RegistryEvents.Account);
        var first = await ProcessedAsync(
            RegistryEvents.Transferred("p01", "t01", [Utility.Water, Utility.Network]) with
            {
                Sequence = "1",
            }
        );
        var open = await UntilAsync(
            first.JointApplicationId!,
            shown => shown.Legs.Select(leg => leg.Delivery).SequenceEqual([LegDelivery.Arrived, LegDelivery.Listed])
        );
        var network = Host.As("network");
        await network.Api.TakeWorkAsync("network", open.Legs[1].LegId);
        foreach (var (state, at) in new[] { ("accepted", 2), ("connected", 1) })
        {
            await network.Api.ReportStatusAsync(
                "network",
                new LegStatusReport
                {
                    StatusId = $"S-{state}",
                    LegId = open.Legs[1].LegId,
                    State = state,
                    At = Host.Time.GetUtcNow().AddSeconds(-at),
                }
            );
        }

        var second = await ProcessedAsync(Counted("p02", sequence: 2));

        var stopped = await UntilAsync(
            first.JointApplicationId!,
            shown => shown.Legs[0].Delivery == LegDelivery.Withdrawn
        );
        Assert.Equal(LegState.Connected, stopped.Legs[1].State);
        var sold = await Host.Hall.Api.GetJointApplicationAsync(second.JointApplicationId!);
        Assert.DoesNotContain(sold.Legs, leg => leg.State == LegState.Withdrawn);
        var page = await Host.Hall.Api.GetCaseAsync(first.CaseId);
        Assert.Equal(CaseState.Open, page.State);
        Assert.Contains(
            await _scene.EvidenceAsync(first.CaseId),
            record =>
                record.GetProperty("outcome").GetString() == "stopped-by-later-sale"
                && record.GetProperty("detail").GetString() == second.ReceiptId
        );
    }

    [Fact]
    public async Task A_later_sale_in_which_nothing_is_ticked_stops_it_too()
    {
        var first = await ProcessedAsync(
            RegistryEvents.Transferred("p05", "t-seized", [Utility.Network]) with
            {
                Sequence = "1",
            }
        );
        var second = await ProcessedAsync(RegistryEvents.Transferred("p02", "t-seized", []) with { Sequence = "2" });

        Assert.Equal(("accepted", "nothing-requested"), (first.Result, second.Result));
        var stopped = await Host.Hall.Api.GetJointApplicationAsync(first.JointApplicationId!);
        Assert.Equal(JointState.Withdrawn, stopped.State);
        Assert.NotEqual(CaseState.Open, (await Host.Hall.Api.GetCaseAsync(first.CaseId)).State);
    }

    [Fact]
    public async Task The_same_buyer_told_again_keeps_what_is_open()
    {
        var first = await ProcessedAsync(Counted("p01", sequence: 1));
        var again = await ProcessedAsync(Counted("p01", sequence: 2));

        Assert.Equal(("already-open", first.JointApplicationId), (again.Result, again.JointApplicationId));
        var kept = await Host.Hall.Api.GetJointApplicationAsync(first.JointApplicationId!);
        Assert.NotEqual(LegState.Withdrawn, Assert.Single(kept.Legs).State);
    }

    [Fact]
    public async Task A_missing_number_of_a_transfer_is_asked_for_at_the_source()
    {
        var missing = Counted("p01", sequence: 1);
        await Host.Agencies.LoadAsync(
            missing.Source!,
            ("unitNumber", missing.Data!.Transfer!.Premises!.UnitNumber!),
            1,
            missing.Time!.Value,
            _scene.Municipal.Sign(MunicipalDriver.BytesOf(missing), detached: false)
        );

        var second = await ProcessedAsync(Counted("p02", sequence: 2));

        Assert.Equal("accepted", second.Result);
        Assert.Contains("caught-up", second.History.Select(entry => entry.What));
        Assert.Equal(2, (await JointAsync()).Count);
        var record = Assert.Single(
            await _scene.EvidenceAsync(second.CaseId),
            record => record.GetProperty("subject").GetString() == "catch-up"
        );
        Assert.Equal("joint.transfer", record.GetProperty("purpose").GetString());
    }

    [Fact]
    public async Task Acceptance_of_a_transfer_runs_from_its_receipt_until_it_has_a_result()
    {
        var receipt = await _scene.Municipal.AcceptedAsync(Counted("p01", sequence: 2));
        await _scene.ReachesAsync(receipt.ReceiptId, EventState.WaitingForEarlier);
        var waiting = await Host.Hall.Api.GetCaseAsync(receipt.CaseId);
        var clock = Assert.Single(waiting.Clocks);
        Assert.Equal(("acceptance", receipt.ReceivedAt), (clock.Clock, clock.StartedAt));
        Assert.Equal(receipt.AcceptBy, clock.DueAt);
        Assert.Null(clock.EndedAt);

        var first = await ProcessedAsync(Counted("p02", sequence: 1));
        await _scene.ReachesAsync(receipt.ReceiptId, EventState.Processed);
        var late = await ProcessedAsync(Counted("p03", sequence: 1));

        Assert.Equal(("accepted", "late"), (first.Result, late.Result));
        var clocks = (await _scene.CaseAsync(receipt.CaseId)).Clocks;
        Assert.Equal(3, clocks.Count);
        Assert.All(clocks, each => Assert.NotNull(each.EndedAt));
    }

    private static EventInput Counted(string person, int sequence) =>
        RegistryEvents.Transferred(person, "t01", [Utility.Network]) with
        {
            Sequence = sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

    /// <summary>The commit is broken off at its first statement, then at its second, and so on until it holds.</summary>
    [Fact]
    public async Task A_transfer_that_breaks_off_anywhere_opens_one_application()
    {
        var broken = new BrokenCommits();
        await using var scene = await EventDriver.StartAsync(
            new() { Engine = engine, Adjust = builder => broken.Attach(builder) }
        );
        var first = await scene.ProcessedAsync(RegistryEvents.Transferred("p01", "t01", [Utility.Network]));
        await Eventually.GetAsync(
            "the first leg rests, so that only the second transfer is broken off",
            () => scene.Host.Hall.Api.GetJointApplicationAsync(first.JointApplicationId!),
            shown => shown.Legs[0].Delivery == LegDelivery.Listed
        );
        await scene.Host.Agencies.BreakAsync("population-registry", "delay", seconds: 1, count: 1);
        var receipt = await scene.Municipal.AcceptedAsync(RegistryEvents.Transferred("p02", "t01", [Utility.Network]));
        broken.BreakOneByOne(); // the receipt is committed, and the registry is still thinking
        var second = await scene.ReachesAsync(receipt.ReceiptId, EventState.Processed);

        var statements = engine == Engine.Sqlite ? 2 : 1; // PostgreSQL gets them all at once
        Assert.True(broken.Broken > statements, $"broken off {broken.Broken} times only");
        Assert.Equal("accepted", second.Result);
        var records = await scene.EvidenceAsync(first.CaseId);
        Assert.Equal(2, records.Count(record => record.GetProperty("outcome").GetString() == "accepted"));
        Assert.Equal(2, records.Count(record => record.GetProperty("outcome").GetString() == "opened"));
        Assert.Equal(2, (await scene.NoticesAsync(first.CaseId)).Count(notice => notice.Type == "joint.opened"));
    }

    private Task<EventResponse> ProcessedAsync(EventInput input) => _scene.ProcessedAsync(input);

    private Task<JointApplicationResponse> UntilAsync(string jointId, Func<JointApplicationResponse, bool> fits) =>
        Eventually.GetAsync("the legs are there", () => Host.Hall.Api.GetJointApplicationAsync(jointId), fits);

    private async Task<IReadOnlyList<JointApplicationRow>> JointAsync()
    {
        await using var db = await DatabaseAsync();
        return await db.Set<JointApplicationRow>().AsNoTracking().ToListAsync();
    }

    private Task<GatewayDb> DatabaseAsync() =>
        Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();
}
