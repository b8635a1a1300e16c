using System.Text.Json.Nodes;
using Integration.Contracts.V1.Operations;
using Integration.FlowTests.Sharing;
using Integration.Testing;
using Integration.Testing.Drivers;

namespace Integration.FlowTests.Operations;

/// <summary>The last step of a diagnosis: a signed question that names no person.</summary>
public sealed class TestCallTests
{
    private const string Licence = "business-licence";
    private const string Grid = "grid-resource";

    [Fact]
    public async Task It_is_signed_and_sent_once_and_on_record_as_the_operators()
    {
        await using var host = await StartAsync();

        var step = await TestCallAsync(host, Licence);

        Assert.Equal("passed", step.State);
        Assert.Contains("enterprise-register/query", step.Detail, StringComparison.Ordinal);
        Assert.Contains("HTTP 200", step.Detail, StringComparison.Ordinal);
        Assert.Single(await host.Agencies.CallsOfAsync(Licence));
        var (id, fact) = Assert.Single(await host.RecordsAsync());
        Assert.Contains(id, step.Detail, StringComparison.Ordinal);
        Assert.Equal(
            ("ops", "operations.diagnosis", "legalDuty:diagnosis", "operations"),
            (fact.CallerId, fact.Purpose, fact.Basis, fact.Grants)
        );
        Assert.Equal(("enterprise-register/query", "answered", 1), (fact.Subject, fact.Outcome, fact.Call!.Attempts));
        Assert.NotNull(fact.Call.AnswerDigest);
    }

    [Theory]
    [InlineData(Licence, "http500", "Status, http-500", "The agency's side.", "Call its operations", "unanswered")]
    [InlineData(
        Licence,
        "hang",
        "TimeOut, time-out",
        "The agency's side.",
        "within the time of one attempt",
        "unanswered"
    )]
    [InlineData(Grid, "http500", "Status, http-500", "The agency's side.", "Call its operations", "unanswered")]
    [InlineData(Grid, "malformed", "Parse, ", "The agency's side.", "not what was agreed", "unanswered")]
    [InlineData(Grid, "wrongSignature", "Secret, http-401", "Our side.", "compare the credentials", "unanswered")]
    [InlineData(Grid, "refuse", "Authorisation, http-403", "Our side.", "authorise this service", "refused")]
    public async Task A_failure_says_where_whose_side_and_what_next_and_is_on_record(
        string agency,
        string fault,
        string failure,
        string side,
        string next,
        string outcome
    )
    {
        await using var host = await StartAsync();
        await DiagnoseAsync(host, agency); // keys are there: the fault hits the question
        await host.Agencies.BreakAsync(agency, fault);

        var answer = await DiagnoseAsync(host, agency);

        var step = answer.Steps[^1];
        Assert.Equal((false, "test-call", "failed"), (answer.Sound, step.Step, step.State));
        Assert.Contains(failure, step.Detail, StringComparison.Ordinal);
        Assert.Contains(side, step.Detail, StringComparison.Ordinal);
        Assert.Contains(next, step.Detail, StringComparison.Ordinal);
        var (id, fact) = (await host.RecordsAsync())[^1];
        Assert.Contains(id, step.Detail, StringComparison.Ordinal);
        Assert.Equal((outcome, 1), (fact.Outcome, fact.Call!.Attempts));
        Assert.EndsWith(
            fact.Failure!.Code,
            failure.EndsWith(' ') ? fact.Failure.Code : failure,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_refused_key_is_renewed_and_the_question_sent_once_more()
    {
        await using var host = await StartAsync();
        await DiagnoseAsync(host, Licence);
        await host.Agencies.BreakAsync("exchange-platform", "expireSecret", count: 1);

        var step = await TestCallAsync(host, Licence);

        Assert.Equal("passed", step.State);
        Assert.Equal(2, (await host.RecordsAsync())[^1].Fact.Call!.Attempts);
    }

    [Fact]
    public async Task Nothing_of_the_answer_is_handed_on()
    {
        await using var scene = await ShareDriver.StartAsync(change: options =>
            options with
            {
                Catalogue = catalogue =>
                {
                    options.Catalogue!(catalogue);
                    Operation(catalogue)["test"] = GridTest();
                },
            }
        );
        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync("""{"code":0,"data":{"unitNumber":"never-shown"}}""");

        var answer = await DiagnoseAsync(scene.Host, Grid);

        Assert.Equal("passed", answer.Steps[^1].State);
        Assert.DoesNotContain("never-shown", string.Concat(answer.Steps), StringComparison.Ordinal);
        Assert.Contains(
            scene.Agency.Requests,
            request => request.Line.StartsWith("POST /api/query ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_agency_in_maintenance_is_not_asked()
    {
        await using var host = await StartAsync();
        await DiagnoseAsync(host, Licence);
        var before = (await host.Agencies.CallsOfAsync(Licence)).Count;
        var order = new MaintenanceRequest { Reason = "It moves." };
        (await host.As("ops").SendAsync(HttpMethod.Put, $"/v1/ops/agencies/{Licence}/maintenance", order)).Dispose();

        var step = await TestCallAsync(host, Licence);

        Assert.Equal("skipped", step.State);
        Assert.Contains("Maintenance", step.Detail, StringComparison.Ordinal);
        Assert.Equal(before, (await host.Agencies.CallsOfAsync(Licence)).Count);
    }

    [Fact]
    public async Task It_is_skipped_after_a_failed_step_and_without_a_test_or_an_approval_that_holds()
    {
        await using var host = await StartAsync();
        var none = await TestCallAsync(host, "project-approval");
        await host.Agencies.BreakAsync("exchange-platform", "http500");
        var unreached = await TestCallAsync(host, Licence);
        await using var lapsed = await StartAsync(catalogue => Resource(catalogue)["validUntil"] = "2026-01-02");
        var notApproved = await TestCallAsync(lapsed, Grid);

        Assert.Equal(
            ["skipped", "skipped", "skipped"],
            new[] { none, unreached, notApproved }.Select(step => step.State)
        );
        Assert.Contains("states no test", none.Detail, StringComparison.Ordinal);
        Assert.Contains("an earlier step failed", unreached.Detail, StringComparison.Ordinal);
        Assert.Contains("approval does not hold", notApproved.Detail, StringComparison.Ordinal);
        Assert.Empty(await host.RecordsAsync());
        Assert.Empty(await lapsed.RecordsAsync());
        Assert.Empty(await lapsed.Agencies.CallsOfAsync(Grid));
    }

    [Fact]
    public async Task Without_evidence_nothing_is_said_of_what_came_of_it()
    {
        await using var host = await StartAsync();
        await using (await EvidenceUnavailableTests.LockAsync(host))
        {
            var step = await TestCallAsync(host, Licence);

            Assert.Equal("failed", step.State);
            Assert.Contains("cannot be put on record", step.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain("HTTP", step.Detail, StringComparison.Ordinal);
        }

        Assert.Equal("passed", (await TestCallAsync(host, Licence)).State);
    }

    [Fact]
    public async Task Failures_of_forwarded_requests_and_of_test_calls_are_the_agencys_last_failure()
    {
        await using var host = await StartAsync();
        Assert.Null(await LastFailureAsync(host));
        await host.Agencies.BreakAsync(Grid, "http500");
        (await host.Hall.ShareAsync("grid-capacity/query", ShareFixture.BodyOf("grid-capacity/query"))).Dispose();
        var forwarded = await LastFailureAsync(host);
        await host.Agencies.BreakAsync(Grid, "refuse");
        await DiagnoseAsync(host, Grid);
        var tested = await LastFailureAsync(host);

        Assert.Equal(("status", "http-500"), (forwarded!.Stage, forwarded.Code));
        Assert.Equal(("authorisation", "http-403"), (tested!.Stage, tested.Code));
    }

    private static Task<IntegrationHost> StartAsync(Action<JsonObject>? change = null) =>
        IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = new Dictionary<string, string?> { ["Gateway:Database:Timeout"] = "00:00:01" },
                Catalogue = catalogue =>
                {
                    Operation(catalogue)["test"] = GridTest();
                    change?.Invoke(catalogue);
                },
            }
        );

    private static JsonObject GridTest() => new() { ["path"] = "query", ["body"] = """{"unitNumber":"0000"}""" };

    private static JsonNode Resource(JsonObject catalogue) =>
        catalogue["resources"]!.AsArray().Single(resource => (string?)resource!["resource"] == "grid-capacity")!;

    private static JsonNode Operation(JsonObject catalogue) => Resource(catalogue)["operations"]![0]!;

    private static Task<DiagnosisResponse> DiagnoseAsync(IntegrationHost host, string agency) =>
        host.As("ops").Api.DiagnoseAsync(agency);

    private static async Task<DiagnosisFinding> TestCallAsync(IntegrationHost host, string agency) =>
        (await DiagnoseAsync(host, agency)).Steps.Single(step => step.Step == "test-call");

    private static async Task<AgencyLastFailure?> LastFailureAsync(IntegrationHost host) =>
        (await host.As("ops").Api.GetAgenciesAsync()).Agencies.Single(agency => agency.Agency == Grid).LastFailure;
}
