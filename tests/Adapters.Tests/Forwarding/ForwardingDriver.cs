using System.Security.Cryptography;
using Integration.Adapters.Ports;
using Integration.Sandbox;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Forwarding;

/// <summary>Forwards requests as the gateway does: by the port alone, over an HTTP client of its own.</summary>
internal sealed class ForwardingDriver : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private ForwardingDriver(AdaptersOnSandbox adapters, FakeTimeProvider clock) =>
        (Adapters, Clock) = (adapters, clock);

    public AdaptersOnSandbox Adapters { get; }

    public FakeTimeProvider Clock { get; }

    public static async Task<ForwardingDriver> StartAsync(
        Func<SandboxCredentials, IEnumerable<(string Key, string Value)>>? settings = null
    )
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
        // The test does not move the clock while a retry waits.
        (string, string)[] once =
        [
            ("exchange-platform:Limits:Retries", "0"),
            ("real-estate:Limits:Retries", "0"),
            ("electricity:Limits:Retries", "0"),
        ];
        var adapters = await AdaptersOnSandbox.StartAsync(
            clock,
            credentials => [.. once, .. settings?.Invoke(credentials) ?? []]
        );
        return new ForwardingDriver(adapters, clock);
    }

    public static Task<ForwardingDriver> StartAsync(ForwardedCase forwarded) =>
        StartAsync(forwarded.Dialect == "irs" ? AdaptersOnSandbox.Irs : null);

    public IForwardedService Open(ForwardedCase forwarded) =>
        Adapters.Forwarding.Open(forwarded.Agency, forwarded.Dialect, forwarded.Service)
        ?? throw new InvalidOperationException($"{forwarded.Dialect} cannot be opened.");

    public static ForwardedQuestion Question(string body) =>
        new("CASE-1", RandomNumberGenerator.GetHexString(32, lowercase: true), Known.Bytes(body));

    /// <summary>An attempt as it comes out of the proxy, not signed yet.</summary>
    public HttpRequestMessage Attempt(ForwardedCase forwarded)
    {
        var agency = Adapters.Forwarding.Agencies.Single(agency => agency.Name == forwarded.Agency);
        var path = agency.Dialects.Single(dialect => dialect.Name == forwarded.Dialect).Path ?? forwarded.RoutePath;
        return new(HttpMethod.Post, new Uri($"{agency.Addresses[0].ToString().TrimEnd('/')}{path}"));
    }

    /// <summary>Signs and sends one attempt.</summary>
    public async Task<Forwarded> SendAsync(ForwardedCase forwarded, Action<HttpRequestMessage>? before = null)
    {
        var service = Open(forwarded);
        using var attempt = Attempt(forwarded);
        before?.Invoke(attempt);
        Assert.Null(await SignAsync(service, attempt, forwarded.Body));
        using var answer = await _http.SendAsync(attempt, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new(
            (int)answer.StatusCode,
            System.Text.Encoding.UTF8.GetString(body),
            service.RefusedKey(attempt, (int)answer.StatusCode, body)
        );
    }

    public static ValueTask<AgencyFailure?> SignAsync(
        IForwardedService service,
        HttpRequestMessage attempt,
        string body
    ) => service.SignAsync(attempt, Question(body), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Adapters.DisposeAsync();
    }
}

/// <summary>What came back, and whether it refused the key.</summary>
internal sealed record Forwarded(int Status, string Answer, bool RefusedKey);
