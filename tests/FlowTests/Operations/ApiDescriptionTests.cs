using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Contracts.V1.Cases;
using Integration.Testing;

namespace Integration.FlowTests.Operations;

public class ApiDescriptionTests
{
    [Fact]
    public async Task Every_operation_of_flow_1_is_described_with_examples_and_problems()
    {
        await using var host = await IntegrationHost.StartAsync();
        var document = JsonNode.Parse(await host.Hall.Http.GetStringAsync("/openapi/v1.json"))!;
        var faults = new List<string>();
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                faults.AddRange(FaultsOf(operation!).Select(fault => $"{method} {path}: {fault}"));
            }
        }

        Assert.Empty(faults);
        foreach (
            var path in new[]
            {
                "/v1/verifications",
                "/v1/verifications/{verificationId}",
                "/v1/applications",
                "/v1/applications/{applicationId}",
                "/v1/applications/{applicationId}/materials",
                "/v1/applications/{applicationId}/commitments",
                "/v1/applications/{applicationId}/withdraw",
                "/v1/events",
                "/v1/events/{receiptId}",
                "/v1/events/{receiptId}/receipt",
                "/v1/cases/{caseId}",
                "/v1/cases/{caseId}/milestones",
                "/v1/cases/{caseId}/stops",
                "/v1/cases/{caseId}/stops/{stopId}",
                "/v1/limits/report",
                "/v1/evidence/{evidenceId}",
                "/v1/ops/agencies",
                "/v1/ops/agencies/{agency}/maintenance",
                "/v1/ops/agencies/{agency}/diagnosis",
                "/v1/ops/sharing",
                "/v1/ops/calendars",
                "/v1/ops/calendars/{year}",
                "/v1/ops/audit",
                "/v1/ops/audit/{auditId}",
                "/share/{resource}/{path}",
            }
        )
        {
            Assert.NotNull(document["paths"]![path]);
        }
    }

    [Fact]
    public async Task Examples_of_cases_are_bodies_that_a_caller_could_send_and_read()
    {
        await using var host = await IntegrationHost.StartAsync();
        var paths = JsonNode.Parse(await host.Hall.Http.GetStringAsync("/openapi/v1.json"))!["paths"]!;

        var milestones = paths["/v1/cases/{caseId}/milestones"]!["post"]!;
        Assert.NotNull(Example<MilestoneRequest>(milestones["requestBody"])!.Milestone);
        Assert.NotEmpty(Example<CaseResponse>(milestones["responses"]!["201"])!.Timeline);
        var stops = paths["/v1/cases/{caseId}/stops"]!["post"]!;
        var asked = Example<StopRequest>(stops["requestBody"])!;
        var begun = Example<StopResponse>(stops["responses"]!["201"])!;
        Assert.Equal((asked.Reason, asked.Evidence), (begun.Reason, begun.Evidence));
        Assert.NotEmpty(Example<LimitsReport>(paths["/v1/limits/report"]!["get"]!["responses"]!["200"])!.Cases);
    }

    [Fact]
    public async Task Each_operation_has_a_name_of_its_own_and_each_problem_the_example_of_its_status()
    {
        await using var host = await IntegrationHost.StartAsync();
        var document = JsonNode.Parse(await host.Hall.Http.GetStringAsync("/openapi/v1.json"))!;
        var operations = document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (path.Key, Operation: operation.Value!)))
            .ToList();

        var names = operations.Select(operation => (string?)operation.Operation["operationId"]).ToList();
        Assert.All(names, name => Assert.Matches("^[a-z][A-Za-z0-9]+$", name));
        Assert.Contains("postJointApplicationsByIdLegsByUtilityProblemsByNumberClose", names);
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        var faults =
            from operation in operations
            from answer in operation.Operation["responses"]!.AsObject()
            let media = answer.Value!["content"]?["application/problem+json"]
            where
                media is not null
                && (
                    (string?)media["example"]?["status"]?.ToString() != answer.Key
                    || !Integration.Gateway.Platform.OpenApi.ProblemExamples.Codes.Contains(
                        (string?)media["example"]!["code"]
                    )
                )
            select $"{operation.Key} {answer.Key}";
        Assert.Empty(faults);
        Assert.Empty(
            operations
                .SelectMany(operation => operation.Operation["responses"]!.AsObject())
                .Where(answer =>
                    answer.Value!["description"]!.ToString().Split(", ") is var codes
                    && answer.Value["content"]?["application/problem+json"]?["example"]?["code"] is { } code
                    && codes[0].Contains('-')
                    && !codes.Contains((string?)code)
                )
                .Select(answer => answer.Value!["description"]!.ToString())
        );
    }

    [Fact]
    public async Task Tokens_Prefer_and_all_codes_are_described()
    {
        await using var host = await IntegrationHost.StartAsync();
        var document = JsonNode.Parse(await host.Hall.Http.GetStringAsync("/openapi/v1.json"))!;

        var token = document["paths"]!["/oauth/token"]!["post"]!;
        Assert.NotNull(token["requestBody"]!["content"]!["application/x-www-form-urlencoded"]!["schema"]);
        Assert.Empty(token["security"]!.AsArray());
        var said = (string)document["info"]!["description"]!;
        Assert.All(
            typeof(Integration.Contracts.Problems.ProblemCodes).GetFields(),
            code => Assert.Contains((string)code.GetRawConstantValue()!, said, StringComparison.Ordinal)
        );
        foreach (
            var (path, takes) in new[]
            {
                ("/v1/verifications", true),
                ("/v1/applications", true),
                ("/v1/joint-applications", true),
                ("/v1/events", false),
            }
        )
        {
            var names = document["paths"]![path]!["post"]!
                ["parameters"]
                ?.AsArray()
                .Select(parameter => (string?)parameter!["name"]);
            Assert.Equal(takes, names?.Contains("Prefer") ?? false);
        }
    }

    [Fact]
    public async Task Members_that_are_always_sent_are_required()
    {
        await using var host = await IntegrationHost.StartAsync();
        var document = JsonNode.Parse(await host.Hall.Http.GetStringAsync("/openapi/v1.json"))!;
        var schemas = document["components"]!["schemas"]!;
        foreach (var (schema, member) in new[] { ("Problem", "code"), ("VerificationResponse", "verificationId") })
        {
            Assert.Contains(member, schemas[schema]!["required"]?.AsArray().Select(name => (string?)name) ?? []);
        }
    }

    [Theory]
    [InlineData("get", false)]
    [InlineData("post", true)]
    public async Task Sharing_is_described_with_its_headers_its_evidence_and_its_problems(string method, bool takesBody)
    {
        await using var host = await IntegrationHost.StartAsync();
        var document = JsonNode.Parse(await host.Hall.Http.GetStringAsync("/openapi/v1.json"))!;
        var operation = document["paths"]!["/share/{resource}/{path}"]![method]!;

        var parameters = operation["parameters"]!.AsArray();
        Assert.Equal(
            ["resource", "path", "X-Case-Id", "X-Purpose", "X-Basis", "Idempotency-Key"],
            parameters.Select(parameter => (string)parameter!["name"]!)
        );
        Assert.Equal(
            [true, true, true, true, true, false],
            parameters.Select(parameter => (bool?)parameter!["required"] ?? false)
        );
        Assert.Equal(takesBody, operation["requestBody"] is not null);
        Assert.NotNull(operation["responses"]!["200"]!["headers"]!["X-Evidence-Id"]);
        Assert.All(
            ["400", "401", "403", "404", "409", "429", "502", "503", "504"],
            status =>
                Assert.NotNull(operation["responses"]![status]?["content"]?["application/problem+json"]?["schema"])
        );
    }

    private static T? Example<T>(JsonNode? body) =>
        body!["content"]!["application/json"]!["example"].Deserialize<T>(IntegrationJson.Options);

    private static IEnumerable<string> FaultsOf(JsonNode operation)
    {
        if (operation["summary"] is null)
        {
            yield return "no summary";
        }

        if (operation["requestBody"] is { } body && body["content"]?.AsObject().First().Value?["example"] is null)
        {
            yield return "no example of the request";
        }

        var answers = operation["responses"]!.AsObject();
        if (!answers.Any(answer => answer.Key.StartsWith('2') && answer.Value!["content"]?.AsObject().Count > 0))
        {
            yield return "no answer described";
        }

        if (answers["500"]?["content"]?["application/problem+json"]?["schema"] is null)
        {
            yield return "no problems";
        }
    }
}
