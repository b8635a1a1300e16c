using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests.NewProvider;

/// <summary>A waterworks as strict as the page says a sandbox agency has to be: it keeps orders by key and lists what was effective.</summary>
internal sealed class TownWaterworks : IAsyncDisposable
{
    public const string User = "grid";
    public const string Password = "waterworks-secret";

    private static readonly string[] s_orderMembers =
    [
        "key",
        "legId",
        "kind",
        "consent",
        "peakFlow",
        "name",
        "code",
        "address",
        "account",
        "formerHolder",
        "papers",
    ];

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, JsonObject> _orders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _cancelled = new(StringComparer.Ordinal);

    private TownWaterworks(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Keys of the calls that changed something.</summary>
    public ConcurrentQueue<string> Effective { get; } = [];

    public IReadOnlyCollection<JsonObject> Orders => [.. _orders.Values];

    /// <summary>The next answer is lost on its way.</summary>
    public bool LosesAnswer { get; set; }

    /// <summary>The steps of every order.</summary>
    public JsonArray Steps { get; set; } = [];

    /// <summary>What every answer about an order calls it; null: its own key.</summary>
    public string? AnswersFor { get; set; }

    public static async Task<TownWaterworks> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var works = new TownWaterworks(app);
        app.MapPost("/orders", http => works.AnswerAsync(http, s_orderMembers, key => key, works.Take));
        app.MapPost("/orders/find", http => works.AnswerAsync(http, ["key"], key => $"{key}:find", works.Receipt));
        app.MapPost("/orders/cancel", http => works.AnswerAsync(http, ["key"], key => $"{key}:withdraw", works.Cancel));
        app.MapPost(
            "/orders/steps",
            http => works.AnswerAsync(http, ["key"], key => $"{key}:statuses", works.Progress)
        );
        app.MapPost(
            "/visits",
            http => works.AnswerAsync(http, ["key", "from", "until"], expectedKey: null, works.Visit)
        );
        app.MapPost("/accounts/check", http => works.AnswerAsync(http, ["account", "formerHolder"], null, Account));
        await app.StartAsync();
        return works;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(
        HttpContext http,
        string[] members,
        Func<string, string>? expectedKey,
        Func<JsonObject, JsonObject> answer
    )
    {
        var wanted = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
        if (
            !AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var given)
            || (given.Scheme, given.Parameter) != ("Basic", wanted)
        )
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var body = await JsonNode.ParseAsync(http.Request.Body) as JsonObject;
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (
            body is null
            || body.Any(member => !members.Contains(member.Key, StringComparer.Ordinal))
            || key.Length == 0
            || (expectedKey is not null && key != expectedKey(body["key"]!.GetValue<string>()))
        )
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var written = answer(body);
        if (LosesAnswer)
        {
            LosesAnswer = false;
            http.Abort();
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(written.ToJsonString(JsonSerializerOptions.Web));
    }

    private JsonObject Take(JsonObject order)
    {
        string[] missing = [.. new[] { "name", "address" }.Where(member => order[member] is null)];
        if (missing.Length > 0)
        {
            return new JsonObject
            {
                ["key"] = KeyOf(order),
                ["missing"] = new JsonArray([.. missing.Select(item => JsonValue.Create(item))]),
            };
        }

        var key = order["key"]!.GetValue<string>();
        if (!_cancelled.ContainsKey(key) && _orders.TryAdd(key, order))
        {
            Effective.Enqueue(key);
        }

        return Receipt(order);
    }

    private JsonObject Cancel(JsonObject order)
    {
        var key = order["key"]!.GetValue<string>();
        if (_cancelled.TryAdd(key, value: true) && _orders.ContainsKey(key))
        {
            Effective.Enqueue($"{key}:withdraw");
        }

        return Receipt(order);
    }

    private JsonObject Receipt(JsonObject order)
    {
        var key = order["key"]!.GetValue<string>();
        return new JsonObject
        {
            ["key"] = KeyOf(order),
            ["known"] = _orders.ContainsKey(key),
            ["reference"] = $"W-{key.Length}",
            ["cancelled"] = _cancelled.ContainsKey(key),
        };
    }

    private JsonObject Progress(JsonObject order) =>
        new()
        {
            ["key"] = KeyOf(order),
            ["known"] = _orders.ContainsKey(order["key"]!.GetValue<string>()),
            ["steps"] = Steps.DeepClone(),
        };

    private JsonObject Visit(JsonObject visit) =>
        new()
        {
            ["key"] = KeyOf(visit),
            ["from"] = visit["from"]!.GetValue<string>(),
            ["confirmed"] = true,
        };

    private static JsonObject Account(JsonObject account) =>
        account["account"]!.GetValue<string>() is var number && number.StartsWith("W-", StringComparison.Ordinal)
            ? new JsonObject
            {
                ["account"] = number,
                ["owes"] = false,
                ["isFormerHolders"] = account["formerHolder"]!.GetValue<string>() == "李四",
            }
            : new JsonObject { ["account"] = number, ["known"] = false };

    private string KeyOf(JsonObject order) => AnswersFor ?? order["key"]!.GetValue<string>();
}
