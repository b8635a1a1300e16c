using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http;

/// <summary>
/// Before the listeners close: <c>/health/ready</c> has been saying 503 since the stop was asked for, and requests are
/// still answered while load balancers find out. Closing then lets running requests end (host shutdown time-out).
/// </summary>
internal sealed class Drain(IOptions<GatewayHttpOptions> options, IHostApplicationLifetime life, TimeProvider time)
    : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        life.StopApplication();
        if (options.Value.DrainSeconds > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), time, cancellationToken);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
