using Integration.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Sandbox;

/// <summary>The sandbox agencies on a free loopback port, with a clock that a test can move.</summary>
public sealed class RunningSandbox : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningSandbox(WebApplication app, SandboxSettings settings, FakeTimeProvider clock)
    {
        _app = app;
        Settings = settings;
        Clock = clock;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public FakeTimeProvider Clock { get; }

    internal SandboxSettings Settings { get; }

    internal SandboxCredentials Credentials => Settings.Credentials;

    internal static async Task<RunningSandbox> StartAsync(Func<SandboxSettings, SandboxSettings>? change = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
        var settings = new SandboxSettings { Urls = ["http://127.0.0.1:0"], Time = clock };
        settings = change?.Invoke(settings) ?? settings;
        var app = SandboxApp.Create(settings);
        await app.StartAsync();
        return new RunningSandbox(app, settings, clock);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
