using Integration.Sandbox;
using Integration.Try.Setup;

namespace Integration.Try.Hosting;

/// <summary>Sandbox agencies and gateway, running in this process on loopback.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly WebApplication _sandbox;
    private readonly WebApplication _gateway;

    private Installation(WebApplication sandbox, WebApplication gateway)
    {
        (_sandbox, _gateway) = (sandbox, gateway);
        (Sandbox, Gateway) = (AddressOf(sandbox), AddressOf(gateway));
    }

    /// <summary>Where the gateway listens.</summary>
    public Uri Gateway { get; }

    /// <summary>Where the agencies listen.</summary>
    public Uri Sandbox { get; }

    public IServiceProvider GatewayServices => _gateway.Services;

    /// <summary>Ends when the process is asked to stop (Ctrl-C, SIGTERM).</summary>
    public Task Stopped => _gateway.WaitForShutdownAsync();

    public static async Task<Installation> StartAsync(
        LocalSetup setup,
        InstallationPlan plan,
        CancellationToken cancellationToken
    )
    {
        var sandbox = SandboxApp.Create(
            new SandboxSettings
            {
                Urls = [plan.Sandbox.ToString()],
                FixturesFile = plan.Fixtures,
                Latency = plan.AgencyLatency,
                Credentials = setup.Agencies,
                Time = plan.Time,
            }
        );
        WebApplication? gateway = null;
        try
        {
            await ListenAsync(sandbox, plan.Sandbox, cancellationToken);
            plan.Report($"Sandbox agencies answer on {AddressOf(sandbox)}");
            var settings = setup.GatewaySettings(plan.Gateway, AddressOf(sandbox));
            gateway = LocalGateway.Create(plan.Gateway, plan.Change(settings), plan.Adjust);
            await ListenAsync(gateway, plan.Gateway, cancellationToken);
            plan.Report($"Gateway answers on {AddressOf(gateway)}");
            return new Installation(sandbox, gateway);
        }
        catch
        {
            await sandbox.DisposeAsync();
            if (gateway is not null)
            {
                await gateway.DisposeAsync();
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.StopAsync();
        await _gateway.DisposeAsync();
        await _sandbox.StopAsync();
        await _sandbox.DisposeAsync();
    }

    private static async Task ListenAsync(WebApplication app, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException fault)
        {
            throw new CannotListenException(url, fault);
        }
    }

    private static Uri AddressOf(WebApplication app) => new(app.Urls.First());
}

/// <summary>What is to be started, and how.</summary>
internal sealed record InstallationPlan
{
    public required Uri Gateway { get; init; }

    public required Uri Sandbox { get; init; }

    /// <summary>Fixture file of the agencies; null = the project's own.</summary>
    public string? Fixtures { get; init; }

    /// <summary>How long every agency takes to answer; default none.</summary>
    public TimeSpan AgencyLatency { get; init; }

    /// <summary>The clock of agencies and gateway.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The gateway's configuration as it shall be, given the one of the setup.</summary>
    public Func<IReadOnlyDictionary<string, string?>, IReadOnlyDictionary<string, string?>> Change { get; init; } =
        settings => settings;

    /// <summary>Called after the gateway's own registrations.</summary>
    public Action<WebApplicationBuilder> Adjust { get; init; } = _ => { };

    /// <summary>Told of each step that is done.</summary>
    public Action<string> Report { get; init; } = _ => { };
}

/// <summary>An address cannot be had, most often because another process has it.</summary>
internal sealed class CannotListenException(Uri url, Exception inner)
    : Exception($"Cannot listen on {url}: {inner.Message}", inner)
{
    public Uri Url => url;
}
