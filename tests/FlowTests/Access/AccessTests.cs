using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Access;

/// <summary>
/// No client reads, moves or learns what is not its own: each endpoint of the gateway, as each kind of client, on each kind of object.
/// </summary>
public sealed class AccessTests(AccessFixture scene) : IClassFixture<AccessFixture>
{
    [Fact]
    public async Task Each_client_gets_from_each_endpoint_what_the_table_says()
    {
        var faults = new List<string>();
        foreach (var row in AccessTable.Rows)
        {
            foreach (var client in AccessClients.All.OrderBy(client => TurnOf(row.For(client))))
            {
                faults.AddRange(await FaultsOfAsync(row, client));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_endpoint_has_a_row_and_every_row_an_endpoint()
    {
        var endpoints = scene
            .Host.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(NamesOf)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], Missing(endpoints));
        Assert.Equal([], AccessTable.Rows.Select(row => row.Endpoint).Except(endpoints, StringComparer.Ordinal));
        Assert.Equal(["GET /v1/planted"], Missing(endpoints.Append("GET /v1/planted")));
    }

    [Fact]
    public void A_row_has_an_answer_for_every_client() =>
        Assert.All(AccessTable.Rows, row => Assert.Equal(AccessClients.All.Count, row.Answers.Count));

    [Fact]
    public async Task The_page_is_the_table()
    {
        if (Environment.GetEnvironmentVariable(AccessPage.Variable) == "1")
        {
            await File.WriteAllTextAsync(AccessPage.File, AccessPage.Render());
        }

        Assert.Equal(AccessPage.Render(), await File.ReadAllTextAsync(AccessPage.File));
    }

    /// <summary>Who is refused comes first, since what an accepted client does may end the object; a conflict needs one that was accepted.</summary>
    private static int TurnOf(string answer) =>
        answer[0] == '2' ? 1
        : answer.StartsWith("409", StringComparison.Ordinal) ? 2
        : 0;

    private static IEnumerable<string> Missing(IEnumerable<string> endpoints) =>
        endpoints.Except(AccessTable.Rows.Select(row => row.Endpoint), StringComparer.Ordinal);

    /// <summary>Method and pattern; the routes of the catalogue are one endpoint, as the API description says.</summary>
    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint)
    {
        var pattern = $"/{endpoint.RoutePattern.RawText!.Trim('/')}";
        if (pattern.StartsWith("/share/", StringComparison.Ordinal) && !pattern.Contains('{', StringComparison.Ordinal))
        {
            pattern = "/share/{resource}/{path}";
        }

        return (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"]).Select(method =>
            $"{method} {pattern}"
        );
    }

    private async Task<IReadOnlyList<string>> FaultsOfAsync(AccessRow row, AccessClient client)
    {
        var faults = new List<string>();
        var objects = client == AccessClient.HallEnded ? scene.Ended : scene.Owned;
        using var answer = await AskAsync(row, client, objects);
        var body = await answer.Content.ReadAsStringAsync();
        var problem = ProblemIn(answer, body);
        var written = AccessRow.Written(answer.StatusCode, (string?)problem?["code"]);
        if (written != row.For(client))
        {
            faults.Add(
                $"{row.Endpoint} ({row.Thing}) as {AccessClients.IdOf(client)}: {written}, not {row.For(client)}. {body}"
            );
        }

        if (problem is null)
        {
            return faults;
        }

        faults.AddRange(
            objects
                .Numbers.Where(number => body.Contains(number, StringComparison.Ordinal))
                .Select(number => $"{row.Endpoint} ({row.Thing}) as {AccessClients.IdOf(client)} tells {number}.")
        );
        if (written == "404" && !await IsAsIfAbsentAsync(row, client, problem))
        {
            faults.Add(
                $"{row.Endpoint} ({row.Thing}) as {AccessClients.IdOf(client)}: not the answer of what is not there."
            );
        }

        return faults;
    }

    /// <summary>What is not for this client is answered like what does not exist, but for the trace.</summary>
    private async Task<bool> IsAsIfAbsentAsync(AccessRow row, AccessClient client, JsonObject problem)
    {
        using var answer = await AskAsync(row, client, AccessObjects.Nowhere);
        var absent = ProblemIn(answer, await answer.Content.ReadAsStringAsync());
        problem.Remove("traceId");
        absent?.Remove("traceId");
        return JsonNode.DeepEquals(problem, absent);
    }

    private Task<HttpResponseMessage> AskAsync(AccessRow row, AccessClient client, AccessObjects objects) =>
        row.IsEvent ? scene.SendEventAsync(client) : scene.SendAsync(client, row, objects);

    private static JsonObject? ProblemIn(HttpResponseMessage answer, string body) =>
        answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? JsonNode.Parse(body)!.AsObject()
            : null;
}
