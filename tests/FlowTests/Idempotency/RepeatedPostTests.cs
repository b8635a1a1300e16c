using System.Text.Json.Nodes;
using Integration.FlowTests.Notices;
using Integration.Gateway.Callers;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Idempotency;

public sealed class SqliteRepeatedPostTests() : RepeatedPostTests(Engine.Sqlite);

public sealed class PostgresRepeatedPostTests() : RepeatedPostTests(Engine.PostgreSql);

/// <summary>Every POST again under its <c>Idempotency-Key</c>: as it is described, and by whom it may be had now.</summary>
public abstract class RepeatedPostTests(Engine engine) : IAsyncLifetime
{
    private HookDriver _hooked = null!;

    private IntegrationHost Host => _hooked.Host;

    public async ValueTask InitializeAsync() => _hooked = await HookDriver.StartAsync(engine);

    public async ValueTask DisposeAsync()
    {
        await _hooked.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_operation_that_describes_the_header_honours_it()
    {
        var described = await DescribedAsync();
        var tried = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var post in RepeatedPosts.OfAsync(_hooked))
        {
            tried.Add(post.Operation);
            var first = await ReadAsync(await post.SendAsync());
            var again = await ReadAsync(await post.SendAsync());
            using var other = await post.SendOtherAsync();

            Assert.True(first.Status is 200 or 201, $"{post.Operation}: {first}");
            Assert.Equal(first, again);
            Assert.Equal((post.Operation, 409), (post.Operation, (int)other.StatusCode));
            Assert.Equal("idempotency-conflict", (await HallDriver.ProblemOfAsync(other)).Code);
        }

        Assert.Equal(described.Order(StringComparer.Ordinal), tried.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_kept_is_released_only_to_who_may_have_it_now()
    {
        var kept = new List<(RepeatedPost Post, Answer First)>();
        await foreach (var post in RepeatedPosts.HallAsync(Host))
        {
            kept.Add((post, await ReadAsync(await post.SendAsync())));
        }

        await foreach (var post in RepeatedPosts.JointAsync(Host))
        {
            kept.Add((post, await ReadAsync(await post.SendAsync())));
        }

        Assert.All(kept, sent => Assert.True(sent.First.Status is 200 or 201, $"{sent.Post.Operation}: {sent.First}"));
        var callers = await ChangeAsync(root => root["grants"] = new JsonArray());
        foreach (var (post, _) in kept)
        {
            var fresh = await ReadAsync(await post.SendAfreshAsync());
            var again = await ReadAsync(await post.SendAsync());
            Assert.Equal((post.Operation, 403, 403), (post.Operation, fresh.Status, again.Status));
            Assert.Contains("not-granted", again.Body, StringComparison.Ordinal);
        }

        await RestoreAsync(callers);
        foreach (var (post, first) in kept)
        {
            Assert.Equal(first, await ReadAsync(await post.SendAsync()));
        }
    }

    [Fact]
    public async Task An_answer_that_rests_on_more_than_is_granted_now_is_not_released()
    {
        var post = new RepeatedPost(
            "/v1/applications",
            Host.Hall,
            "/v1/applications",
            HallRequests.Commercial(),
            HallRequests.Commercial()
        );
        var first = await ReadAsync(await post.SendAsync());
        var callers = await ChangeAsync(root => Remove(root, grant => (string?)grant!["service"] == "gridResource"));

        var narrower = await ReadAsync(await post.SendAsync());
        var fresh = await ReadAsync(await post.SendAfreshAsync());
        await RestoreAsync(callers);

        Assert.Equal((201, 403, 201), (first.Status, narrower.Status, fresh.Status));
        Assert.Contains("gridResource/", narrower.Body, StringComparison.Ordinal);
        Assert.Equal(first, await ReadAsync(await post.SendAsync()));
    }

    [Fact]
    public async Task A_client_that_was_disabled_gets_nothing_that_was_kept_for_it()
    {
        var post = new RepeatedPost(
            "/v1/verifications",
            Host.Hall,
            "/v1/verifications",
            HallRequests.Identity(),
            HallRequests.Identity()
        );
        var first = await ReadAsync(await post.SendAsync());
        var callers = await ChangeAsync(root =>
            root["clients"]!.AsArray().Single(client => (string?)client!["id"] == "hall")!["enabled"] = false
        );

        var disabled = await ReadAsync(await post.SendAsync());
        await RestoreAsync(callers);

        Assert.Equal((200, 401), (first.Status, disabled.Status));
        Assert.Equal(first, await ReadAsync(await post.SendAsync()));
    }

    /// <summary>POSTs that describe the header; forwarded ones are in <c>ShareRepetitionTests</c>.</summary>
    private async Task<IReadOnlyList<string>> DescribedAsync()
    {
        var paths = JsonNode.Parse(await Host.Hall.Http.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject();
        var all = paths
            .SelectMany(path => path.Value!.AsObject().Select(item => (Path: path.Key, Method: item.Key, item.Value)))
            .Where(operation =>
                operation.Value!["parameters"]?.AsArray().Any(named => (string?)named!["name"] == "Idempotency-Key")
                == true
            )
            .ToList();
        Assert.All(
            all.Where(operation => operation.Method != "post"),
            operation => Assert.StartsWith("/share/", operation.Path, StringComparison.Ordinal)
        );
        return
        [
            .. all.Select(operation => operation.Path)
                .Where(path => !path.StartsWith("/share/", StringComparison.Ordinal)),
        ];
    }

    private static async Task<Answer> ReadAsync(HttpResponseMessage message)
    {
        using var _ = message;
        return new Answer((int)message.StatusCode, await message.Content.ReadAsStringAsync());
    }

    private static void Remove(JsonNode root, Func<JsonNode?, bool> which)
    {
        var left = root["grants"]!.AsArray().Where(grant => !which(grant)).Select(grant => grant!.DeepClone());
        root["grants"] = new JsonArray([.. left]);
    }

    /// <summary>Changes the callers file; returns what it was.</summary>
    private async Task<string> ChangeAsync(Action<JsonNode> change)
    {
        var before = await File.ReadAllTextAsync(Host.CallersFile);
        var root = JsonNode.Parse(before)!;
        change(root);
        await RestoreAsync(root.ToJsonString());
        return before;
    }

    private async Task RestoreAsync(string callers)
    {
        await File.WriteAllTextAsync(Host.CallersFile, callers);
        Assert.Empty(
            await Host.Services.GetRequiredService<CallerDirectory>().ReloadAsync(TestContext.Current.CancellationToken)
        );
    }

    private sealed record Answer(int Status, string Body);
}
