using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Adapters.Ports;
using Integration.Contracts;
using Integration.Contracts.Problems;
using Integration.Gateway.Callers;
using Integration.Gateway.Limits;
using Integration.Gateway.Tests.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Limits;

/// <summary>
/// Callers and limits behind real Kestrel. <c>/quick</c> answers at once with the request's priority, <c>/held</c> when the test
/// lets go. Days are counted by the test.
/// </summary>
internal sealed class LimitsDriver : IAsyncDisposable, IDailyQuotas
{
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, long> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private CallersDriver _host = null!;
    private int _held;

    public FakeTimeProvider Time => _host.Setup.Time;

    public CallerDirectory Directory => _host.Directory;

    public object Meters => _host.Meters;

    /// <summary>Whether days can be counted.</summary>
    public bool CanCount { get; set; } = true;

    /// <summary>Clients <c>hall</c>, <c>other</c> and <c>ops</c>; the first with the limits given.</summary>
    public static async Task<LimitsDriver> StartAsync(
        JsonObject? limits = null,
        params (string Key, string Value)[] settings
    )
    {
        var setup = new CallersFileBuilder();
        foreach (var (key, value) in settings)
        {
            setup.Extra[$"Gateway:Limits:{key}"] = value;
        }

        setup.Write(FileWith(setup, limits));
        var host = new LimitsDriver();
        host._host = await CallersDriver.StartAsync(
            setup,
            server: null,
            builder =>
            {
                builder.Services.AddLimits();
                builder.Services.Replace(ServiceDescriptor.Singleton<IDailyQuotas>(host));
            },
            app =>
            {
                app.UseLimits();
                app.MapGet("/quick", (HttpContext http) => $"{http.GetPriority()}");
                app.MapGet("/held", host.HoldAsync);
            }
        );
        foreach (var client in new[] { "hall", "other", "ops" })
        {
            host._tokens[client] = await OAuth.TokenAsync(host._host.Http, client);
        }

        return host;
    }

    /// <summary>Changes the limits of <c>hall</c> while running.</summary>
    public async Task ReloadAsync(JsonObject? limits)
    {
        _host.Setup.Write(FileWith(_host.Setup, limits));
        Assert.Empty(await _host.Directory.ReloadAsync(TestContext.Current.CancellationToken));
    }

    public Task<HttpResponseMessage> GetAsync(string path, string client = "hall", string? priority = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[client]);
        if (priority is not null)
        {
            request.Headers.TryAddWithoutValidation("Priority", priority);
        }

        return _host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Requests that stay inside until <see cref="LetGo"/>; returns when all are there.</summary>
    public async Task<Task<HttpResponseMessage>[]> FillAsync(int count, string client = "hall", string? priority = null)
    {
        var before = Volatile.Read(ref _held);
        var requests = Enumerable.Range(0, count).Select(_ => GetAsync("/held", client, priority)).ToArray();
        for (var i = 0; i < 1000 && Volatile.Read(ref _held) < before + count; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.Equal(before + count, Volatile.Read(ref _held));
        return requests;
    }

    public void LetGo() => _letGo.TrySetResult();

    public static async Task<(int Status, Problem Problem, TimeSpan? RetryAfter)> RefusalAsync(
        HttpResponseMessage answer
    )
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var problem = JsonSerializer.Deserialize<Problem>(text, IntegrationJson.AnswerOptions)!;
            return ((int)answer.StatusCode, problem, answer.Headers.RetryAfter?.Delta);
        }
    }

    public ValueTask<DailyTake> TakeAsync(string name, long perDay, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            !CanCount ? DailyTake.CannotCount
            : _taken.AddOrUpdate(name, 1, (_, taken) => Math.Min(taken + 1, perDay + 1)) <= perDay ? DailyTake.Taken
            : DailyTake.UsedUp
        );

    public long? Left(string name, long perDay) => null;

    public ValueTask DisposeAsync()
    {
        LetGo();
        return _host.DisposeAsync();
    }

    private async Task<string> HoldAsync()
    {
        Interlocked.Increment(ref _held);
        await _letGo.Task;
        return "held";
    }

    private static JsonObject FileWith(CallersFileBuilder setup, JsonObject? limits)
    {
        var file = setup.NewFile();
        var (other, ops) = (setup.Client("other"), setup.Client("ops"));
        ops["kind"] = "ops";
        file["clients"]!.AsArray().Add(other);
        file["clients"]!.AsArray().Add(ops);
        if (limits is not null)
        {
            file["clients"]![0]!["limits"] = limits.DeepClone();
        }

        return file;
    }
}
