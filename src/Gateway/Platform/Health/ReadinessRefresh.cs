using Integration.Gateway.Platform.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Health;

/// <summary>
/// Runs the checks for <see cref="ReadinessState"/>: once before the start is told, then a second after the round before. It
/// goes by the machine's time, because the age of a state is a matter of the process, not of the gateway's clock.
/// </summary>
internal sealed partial class ReadinessRefresh(
    HealthCheckService checks,
    ReadinessState state,
    IHostApplicationLifetime life,
    ILogger<ReadinessRefresh> logger
) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Rounds end when the gateway begins to stop: what stops is no finding.</summary>
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(
        life.ApplicationStopping
    );
    private readonly Dictionary<string, HealthStatus> _told = new(StringComparer.Ordinal);
    private Task _rounds = Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        _rounds = Task.Run(RoundsAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        // A check that hangs must not hold up the stop.
        await Task.WhenAny(_rounds, Task.Delay(s_pause, TimeProvider.System, cancellationToken));
    }

    /// <summary>Nothing is waited for here: the stop is told only after it.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RoundsAsync()
    {
        var stop = _stop.Token;
        try
        {
            while (true)
            {
                await Task.Delay(s_pause, TimeProvider.System, stop);
                try
                {
                    await RefreshAsync(stop);
                }
                catch (Exception reason) when (!stop.IsCancellationRequested)
                {
                    // The state grows old, and is told as unready unless the next round succeeds.
                    Log.RoundFailed(logger, ExceptionText.From(reason));
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The gateway stops; readiness says so by itself.
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        state.Keep(report);
        foreach (var (name, entry) in report.Entries)
        {
            if (_told.GetValueOrDefault(name, HealthStatus.Healthy) != entry.Status && name != ProcessCheck.Name)
            {
                Log.CheckChanged(logger, name, ReadinessAnswer.Word(entry.Status));
            }

            _told[name] = entry.Status;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1041, LogLevel.Error, "A round of readiness checks failed: {Exceptions}")]
        public static partial void RoundFailed(ILogger logger, string exceptions);

        [LoggerMessage(1040, LogLevel.Warning, "The readiness check {Check} is {Status} from now on")]
        public static partial void CheckChanged(ILogger logger, string check, string status);
    }
}
