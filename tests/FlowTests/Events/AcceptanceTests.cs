using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Policy;
using Integration.Testing;
using Integration.Testing.World;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

/// <summary>From an opening event to its application: what is asked for, checked, decided and told.</summary>
public class AcceptanceTests
{
    private static FakeTimeProvider Clock => new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task A_newborn_company_is_asked_for_again_and_the_office_is_told(Engine engine)
    {
        var clock = Clock;
        await using var scene = await EventDriver.StartAsync(new() { Engine = engine, Clock = clock });
        await scene.Host.Agencies.ResetAsync();

        var done = await scene.ProcessedAsync(scene.Opened("c-newborn", "t-newborn"));
        var first = (await scene.ApplicationsAsync(done.CaseId)).Single();
        Assert.DoesNotContain((await scene.CaseAsync(done.CaseId)).Clocks, IsSmallMicroDirect);
        clock.Advance(TimeSpan.FromSeconds(30));
        await scene.RecheckAsync(done.ApplicationId!);
        var then = (await scene.ApplicationsAsync(done.CaseId)).Single();

        Assert.Equal(("accepted", "one-paper-missing"), (done.Result, first.Decision!.Rule));
        Assert.Equal("businessLicence", Assert.Single(first.Decision.Missing).Proof);
        Assert.NotNull(first.RecheckAt);
        Assert.Equal(DecisionOutcome.ZeroCertificate, then.Decision!.Outcome);
        Assert.Equal((false, true), (first.SimpleConnection!.Eligible, then.SimpleConnection!.Eligible));
        Assert.DoesNotContain(first.Limits, limit => limit.Name == "small-micro-direct");
        Assert.Contains(then.Limits, limit => limit.Name == "small-micro-direct");
        var file = await scene.CaseAsync(done.CaseId);
        Assert.Equal(file.AcceptedAt, Assert.Single(file.Clocks, IsSmallMicroDirect).StartedAt);
        var record = Assert.Single(await scene.EvidenceAsync(done.CaseId), each => Text(each, "outcome") == "limited");
        Assert.Equal("small-micro-direct=1", Text(record, "detail"));
        Assert.Empty((await scene.Host.Hall.Api.GetCaseAsync(done.CaseId)).Flags); // clocks and records agree
        var changed = (await scene.NoticesAsync(done.CaseId)).Single(notice => notice.Type == "case.changed").Data;
        Assert.Equal(("oneCertificate", "zeroCertificate"), (changed["before"], changed["decision"]));
        Assert.Equal(("yes", "0", "recheck"), (changed["simpleConnection"], changed["missing"], changed["because"]));
    }

    [Fact]
    public async Task A_repetition_that_changes_nothing_tells_nobody()
    {
        await using var scene = await EventDriver.StartAsync();
        await scene.Host.Agencies.BreakAsync("business-licence", "http500");
        await scene.Host.Agencies.BreakAsync("licence-library", "http500");

        var done = await scene.ProcessedAsync(scene.Opened());
        await scene.RecheckAsync(done.ApplicationId!);

        Assert.DoesNotContain(await scene.NoticesAsync(done.CaseId), notice => notice.Type == "case.changed");
    }

    [Fact]
    public async Task With_every_agency_down_it_is_accepted_all_the_same()
    {
        await using var scene = await EventDriver.StartAsync();
        foreach (var agency in new[] { "business-licence", "licence-library", "real-estate", "population-registry" })
        {
            await scene.Host.Agencies.BreakAsync(agency, "http500");
        }

        var done = await scene.ProcessedAsync(scene.Opened());

        var application = (await scene.ApplicationsAsync(done.CaseId)).Single();
        Assert.Equal("source-unavailable", application.Decision!.Rule);
        Assert.Equal(DecisionOutcome.Provisional, application.Decision.Outcome);
        Assert.True(done.ProcessedAt <= done.AcceptBy);
        Assert.NotNull((await scene.CaseAsync(done.CaseId)).Clocks.Single(IsAcceptance).EndedAt);
    }

    [Fact]
    public async Task The_hall_is_told_what_was_accepted()
    {
        await using var scene = await EventDriver.StartAsync();

        var done = await scene.ProcessedAsync(scene.Opened());

        var (_, told) = Assert.Single(await scene.NoticesAsync(done.CaseId), notice => notice.Type == "case.accepted");
        Assert.Equal(done.ApplicationId, told["applicationId"]);
        Assert.Equal(("zeroCertificate", "0"), (told["decision"], told["missing"]));
        Assert.Equal(("yes", "direct"), (told["simpleConnection"], told["supplyPlan"]));
        Assert.StartsWith("small-micro-direct 20", told["limits"], StringComparison.Ordinal);
        Assert.All(
            SyntheticWorld.PersonalData,
            value => Assert.DoesNotContain(value, JsonSerializer.Serialize(told), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Evidence_names_the_office_the_purpose_and_the_consent_of_the_tick()
    {
        await using var scene = await EventDriver.StartAsync();
        var opened = scene.Opened();
        var consent = new ConsentInput { Reference = "CONSENT-TICK", GrantedAt = opened.Data!.Consent!.GrantedAt };

        var done = await scene.ProcessedAsync(With(opened, electricity => electricity with { Consent = consent }));

        var records = (await scene.EvidenceAsync(done.CaseId))
            .Where(record => record.GetProperty("outcome").GetString() != "received")
            .ToList();
        var own = records.Where(record => record.GetProperty("kind").GetString() is not "clock").ToList();
        Assert.All(own, record => Assert.Equal("hall", record.GetProperty("callerId").GetString()));
        Assert.All(own, record => Assert.Equal("enterprise.opening", record.GetProperty("purpose").GetString()));
        Assert.All(own, record => Assert.Equal("consent:CONSENT-TICK", record.GetProperty("basis").GetString()));
        var result = Assert.Single(own, record => record.GetProperty("kind").GetString() == "event");
        Assert.Equal(("accepted", done.ApplicationId), (Text(result, "outcome"), Text(result, "detail")));
        Assert.Equal(done.ReceiptId, Text(result, "parentId"));
    }

    [Fact]
    public async Task More_than_the_low_levels_carry_is_applied_for_as_high_voltage()
    {
        await using var scene = await EventDriver.StartAsync();

        var done = await scene.ProcessedAsync(scene.Opened("c-large", "t-large", capacityKw: 800));

        var application = (await scene.ApplicationsAsync(done.CaseId)).Single();
        Assert.Equal(("10kV", "one-paper-missing"), (application.Supply!.Voltage, application.Decision!.Rule));
        Assert.Equal("high-voltage-new", (await scene.CaseAsync(done.CaseId)).ServiceType);
        Assert.False(application.SimpleConnection!.Eligible);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Without_electricity_the_office_is_told_what_is_wanted(Engine engine)
    {
        await using var scene = await EventDriver.StartAsync(new() { Engine = engine });
        var yes = new UtilityIntention { Requested = true };
        var opened = scene.Opened();
        var utilities = new EventUtilities { Water = yes, Gas = yes };

        var done = await scene.ProcessedAsync(opened with { Data = opened.Data! with { Utilities = utilities } });

        Assert.Equal(("no-electricity", null), (done.Result, done.ApplicationId));
        Assert.Empty(await scene.ApplicationsAsync(done.CaseId));
        var file = await scene.CaseAsync(done.CaseId);
        Assert.Equal(CaseState.Open, file.State);
        Assert.NotNull(file.Clocks.Single(IsAcceptance).EndedAt);
        var told = (await scene.NoticesAsync(done.CaseId))
            .Single(notice => notice.Type == "case.utilities-wanted")
            .Data;
        Assert.Equal("water,gas", told["utilities"]);
    }

    /// <summary>Here the edition in force asks for more than any event says.</summary>
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task What_cannot_become_an_application_is_handed_to_the_office(Engine engine)
    {
        using var policy = new ChangedPolicy(edition =>
            edition["services"]!
                .AsArray()
                .Single(service => service!["name"]!.GetValue<string>() == "low-voltage-nonresidential-new")!["needs"]!
                .AsArray()
                .Add("formerName")
        );
        await using var scene = await EventDriver.StartAsync(
            new()
            {
                Engine = engine,
                Settings = new Dictionary<string, string?> { ["Gateway:Policy:Directory"] = policy.Folder },
            }
        );

        var done = await scene.ProcessedAsync(scene.Opened());

        Assert.Equal(("needs-review", null), (done.Result, done.ApplicationId));
        Assert.Empty(await scene.ApplicationsAsync(done.CaseId));
        Assert.Null((await scene.CaseAsync(done.CaseId)).Clocks.Single(IsAcceptance).EndedAt);
        var told = (await scene.NoticesAsync(done.CaseId)).Single(notice => notice.Type == "case.needs-review").Data;
        Assert.Equal(("/data/formerName missing", done.ReceiptId), (told["fields"], told["receiptId"]));
        var byHand = await scene.Host.Hall.Api.ApplyAsync(
            HallRequests.Commercial() with
            {
                CaseId = done.CaseId,
                Purpose = "enterprise.opening",
                FormerName = "公安县旧名有限公司",
            }
        );
        Assert.Equal(done.CaseId, byHand.CaseId);
        Assert.NotNull((await scene.CaseAsync(done.CaseId)).Clocks.Single(IsAcceptance).EndedAt);
    }

    private static bool IsSmallMicroDirect(CaseClock clock) => clock.Limit == "small-micro-direct";

    private static bool IsAcceptance(CaseClock clock) => clock.Clock == ClockNames.Acceptance;

    private static string? Text(JsonElement record, string name) => record.GetProperty(name).GetString();

    private static EventInput With(EventInput input, Func<UtilityIntention, UtilityIntention> change) =>
        input with
        {
            Data = input.Data! with
            {
                Utilities = new EventUtilities { Electricity = change(input.Data.Utilities!.Electricity!) },
            },
        };

    /// <summary>The shipped edition, changed, in a folder of its own.</summary>
    private sealed class ChangedPolicy : IDisposable
    {
        public ChangedPolicy(Action<JsonObject> change)
        {
            var shipped = PolicyFile.In(directory: null).Single();
            var edition = JsonNode.Parse(shipped.Text)!.AsObject();
            change(edition);
            File.WriteAllText(Path.Combine(Folder, "changed.json"), edition.ToJsonString());
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("policy-").FullName;

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
