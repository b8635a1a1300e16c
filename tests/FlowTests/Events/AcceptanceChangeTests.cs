using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Policy;
using Integration.Testing;
using Integration.Testing.World;

namespace Integration.FlowTests.Events;

public sealed class SqliteAcceptanceChangeTests() : AcceptanceChangeTests(Engine.Sqlite);

public sealed class PostgresAcceptanceChangeTests() : AcceptanceChangeTests(Engine.PostgreSql);

/// <summary>What later events do to an application that an event opened.</summary>
public abstract class AcceptanceChangeTests(Engine engine) : IAsyncLifetime
{
    private EventDriver _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await EventDriver.StartAsync(new() { Engine = engine });

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_change_that_makes_no_difference_stands_on_record()
    {
        var opened = _scene.Opened();
        var first = await _scene.ProcessedAsync(opened);
        var enterprise = opened.Data!.Enterprise! with { RegisteredAddress = "公安县别处", EnterpriseSize = "小型" };

        var done = await _scene.ProcessedAsync(Next(opened, data => data with { Enterprise = enterprise }));

        Assert.Equal(("unchanged", first.ApplicationId), (done.Result, done.ApplicationId));
        Assert.Single(await _scene.ApplicationsAsync(first.CaseId));
        Assert.Contains(
            await _scene.EvidenceAsync(first.CaseId),
            record => record.GetProperty("outcome").GetString() == "unchanged"
        );
    }

    [Theory]
    [InlineData("name", "name")]
    [InlineData("legal representative", "legalRepresentative")]
    [InlineData("premises", "premises")]
    [InlineData("capacity", "capacity")]
    [InlineData("agent", "agent")]
    [InlineData("much capacity", "service,capacity")]
    public async Task A_change_that_matters_puts_a_new_application_in_the_place_of_the_old_one(
        string what,
        string parts
    )
    {
        var opened = _scene.Opened();
        var first = await _scene.ProcessedAsync(opened);
        var before = await _scene.CaseAsync(first.CaseId);

        var done = await _scene.ProcessedAsync(Next(opened, data => Changed(data, what)));

        Assert.Equal("changed", done.Result);
        var applications = await _scene.ApplicationsAsync(first.CaseId);
        Assert.Equal([ApplicationState.Withdrawn, ApplicationState.Open], applications.Select(each => each.State));
        Assert.Equal([first.ApplicationId, done.ApplicationId], applications.Select(each => each.ApplicationId));
        var file = await _scene.CaseAsync(first.CaseId);
        Assert.Equal(CaseState.Open, file.State);
        Assert.Equal(Acceptance(before), Acceptance(file));
        var told = (await _scene.NoticesAsync(first.CaseId)).Single(notice => notice.Type == "case.changed").Data;
        Assert.Equal((done.ApplicationId, first.ApplicationId), (told["applicationId"], told["replaces"]));
        var records = await _scene.EvidenceAsync(first.CaseId);
        var act = records.Single(record => record.GetProperty("kind").GetString() == "act");
        Assert.Equal(
            (first.ApplicationId, "withdrawal", done.ReceiptId),
            (
                act.GetProperty("parentId").GetString(),
                act.GetProperty("outcome").GetString(),
                act.GetProperty("detail").GetString()
            )
        );
        Assert.Contains(
            records,
            record =>
                record.TryGetProperty("detail", out var detail) && detail.GetString() == $"{done.ApplicationId} {parts}"
        );
    }

    [Fact]
    public async Task Electricity_that_is_not_wanted_any_more_is_taken_back_and_comes_back_when_it_is()
    {
        var opened = _scene.Opened();
        var first = await _scene.ProcessedAsync(opened);
        var water = new EventUtilities { Water = new() { Requested = true } };

        var without = await _scene.ProcessedAsync(
            Next(opened, data => data with { Utilities = water }, "enterprise.intent-changed")
        );
        var between = await _scene.CaseAsync(first.CaseId);
        var again = await _scene.ProcessedAsync(
            Next(opened, data => data, "enterprise.intent-changed") with
            {
                Sequence = "3",
            }
        );

        Assert.Equal(("withdrawn", null), (without.Result, without.ApplicationId));
        Assert.Equal((CaseState.Open, null), (between.State, between.AcceptedAt));
        Assert.All(between.Clocks, clock => Assert.NotNull(clock.EndedAt));
        Assert.Equal((null, null), (between.ApplicationId, between.WakeAt));
        Assert.Equal("accepted", again.Result);
        Assert.Contains((await _scene.CaseAsync(first.CaseId)).Clocks, clock => clock.EndedAt is null);
        var applications = await _scene.ApplicationsAsync(first.CaseId);
        Assert.Equal([ApplicationState.Withdrawn, ApplicationState.Open], applications.Select(each => each.State));
        var told = (await _scene.NoticesAsync(first.CaseId))
            .Single(notice => notice.Type == "case.utilities-wanted")
            .Data;
        Assert.Equal(("water", first.ApplicationId), (told["utilities"], told["applicationId"]));
    }

    [Fact]
    public async Task When_nothing_is_wanted_any_more_the_case_is_taken_back()
    {
        var opened = _scene.Opened();
        var first = await _scene.ProcessedAsync(opened);

        var done = await _scene.ProcessedAsync(
            Next(opened, data => data with { Utilities = new() }, "enterprise.intent-changed")
        );

        Assert.Equal("withdrawn", done.Result);
        Assert.Equal(CaseState.Withdrawn, (await _scene.CaseAsync(first.CaseId)).State);
    }

    [Fact]
    public async Task A_withdrawn_enterprise_takes_application_and_case_back()
    {
        var opened = _scene.Opened();
        var first = await _scene.ProcessedAsync(opened);

        var done = await _scene.ProcessedAsync(Next(opened, data => data, "enterprise.withdrawn"));

        Assert.Equal("withdrawn", done.Result);
        var application = Assert.Single(await _scene.ApplicationsAsync(first.CaseId));
        Assert.Equal((ApplicationState.Withdrawn, null), (application.State, application.WakeAt));
        var file = await _scene.CaseAsync(first.CaseId);
        Assert.Equal(CaseState.Withdrawn, file.State);
        Assert.All(file.Clocks, clock => Assert.NotNull(clock.EndedAt));
        var told = Assert
            .Single(await _scene.NoticesAsync(first.CaseId), notice => notice.Type == "case.withdrawn")
            .Data;
        Assert.Equal((first.ApplicationId, done.ReceiptId), (told["applicationId"], told["receiptId"]));
    }

    [Theory]
    [InlineData("enterprise.withdrawn", "withdrawn", 1)]
    [InlineData("enterprise.changed", "unchanged", 1)]
    [InlineData("enterprise.intent-changed", "accepted", 2)]
    public async Task What_the_hall_took_back_itself_is_no_error(string type, string result, int applications)
    {
        var opened = _scene.Opened();
        var first = await _scene.ProcessedAsync(opened);
        await _scene.Host.Hall.Api.WithdrawAsync(first.ApplicationId!, new WithdrawRequest { Reason = "不需要了" });

        var done = await _scene.ProcessedAsync(Next(opened, data => Changed(data, "capacity"), type));

        Assert.Equal(result, done.Result);
        Assert.Equal(applications, (await _scene.ApplicationsAsync(first.CaseId)).Count);
    }

    /// <summary>The commit of the change is broken off at its first statement, then at its second, and so on until it holds.</summary>
    [Fact]
    public async Task A_change_that_breaks_off_anywhere_has_its_whole_effect_once()
    {
        var broken = new BrokenCommits();
        await using var scene = await EventDriver.StartAsync(
            new() { Engine = engine, Adjust = builder => broken.Attach(builder) }
        );
        var opened = scene.Opened();
        var first = await scene.ProcessedAsync(opened);
        broken.BreakOneByOne();

        var done = await scene.ProcessedAsync(Next(opened, data => Changed(data, "capacity")));

        var statements = engine == Engine.Sqlite ? 4 : 1; // PostgreSQL gets them all at once
        Assert.True(broken.Broken > statements, $"broken off {broken.Broken} times only");
        Assert.Equal("changed", done.Result);
        var applications = await scene.ApplicationsAsync(first.CaseId);
        Assert.Equal([ApplicationState.Withdrawn, ApplicationState.Open], applications.Select(each => each.State));
        Assert.Single(await scene.NoticesAsync(first.CaseId), notice => notice.Type == "case.changed");
        var records = await scene.EvidenceAsync(first.CaseId);
        Assert.Single(records, record => record.GetProperty("kind").GetString() == "act");
        Assert.Single(records, record => record.GetProperty("outcome").GetString() == "changed");
    }

    /// <summary>Tried again with what was read once, it would ask the agencies each time and never be stored.</summary>
    [Fact]
    public async Task What_another_node_has_processed_meanwhile_is_left_to_it_and_the_agencies_are_asked_once()
    {
        var opened = _scene.Opened();
        var first = await _scene.ProcessedAsync(opened);
        await _scene.Host.Agencies.ResetAsync();

        var late = await _scene.ChangeTooLateAsync(first.ReceiptId, Changed(opened.Data!, "capacity"));

        Assert.False(late.Succeeded(out _, out var refusal));
        Assert.True(refusal.IsConcurrencyConflict);
        var asked = (await _scene.Host.Agencies.CallsAsync()).GroupBy(call => (call.Agency, call.Operation)).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, calls => Assert.Single(calls));
        Assert.Single(await _scene.ApplicationsAsync(first.CaseId));
    }

    private static EventData Changed(EventData data, string what) =>
        what switch
        {
            "name" => data with { Enterprise = data.Enterprise! with { Name = "公安县改名有限公司" } },
            "legal representative" => data with { Enterprise = data.Enterprise! with { LegalRepresentative = "李四" } },
            "premises" => data with { Premises = SyntheticWorld.Premises("t-company2") },
            "capacity" => WithCapacity(data, 41),
            "much capacity" => WithCapacity(data, 400),
            _ => data with
            {
                Agent = new()
                {
                    Name = "李四",
                    IdNumber = "421022197102020184",
                    AuthorisationReference = "AUTH-1",
                },
            },
        };

    private static EventData WithCapacity(EventData data, decimal capacityKw) =>
        data with
        {
            Utilities = new() { Electricity = data.Utilities!.Electricity! with { CapacityKw = capacityKw } },
        };

    private static EventInput Next(
        EventInput opened,
        Func<EventData, EventData> change,
        string type = "enterprise.changed"
    ) => opened with { Id = MunicipalEvents.NewId(), Type = type, Sequence = "2", Data = change(opened.Data!) };

    private static (DateTimeOffset StartedAt, DateTimeOffset? EndedAt) Acceptance(Case file)
    {
        var clock = file.Clocks.Single(clock => clock.Clock == ClockNames.Acceptance);
        return (clock.StartedAt, clock.EndedAt);
    }
}
