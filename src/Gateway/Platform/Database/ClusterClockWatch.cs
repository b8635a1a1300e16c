using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// Reads the clock of PostgreSQL before anything else starts and every two seconds. While the database does not answer the last
/// reading holds: it ages by the machine's drift only.
/// </summary>
internal sealed partial class ClusterClockWatch(
    ClusterClock clock,
    IDbContextFactory<GatewayDb> factory,
    IOptions<DatabaseOptions> options,
    ILogger<ClusterClockWatch> logger
) : BackgroundService, IHostedLifecycleService
{
    /// <summary>How often the clock is read.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>The quickest of so many answers counts: it is the surest.</summary>
    private const int Questions = 3;

    private bool _wasAstray;

    private bool IsShared => options.Value.Provider == DatabaseProvider.Postgresql;

    /// <summary>Without a first reading a node with a wrong clock could take the leases of the others.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) =>
        IsShared ? ReadAsync(cancellationToken) : Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (IsShared)
        {
            await Task.Delay(Period, clock, stoppingToken);
            await TryReadAsync(stoppingToken);
        }
    }

    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken);
        }
        catch (Exception reason) when (DatabaseFaults.IsUnavailable(reason))
        {
            Log.ClockNotRead(logger, reason.GetType().Name);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var question = db.Database.GetDbConnection().CreateCommand();
        question.CommandText = "SELECT clock_timestamp()";
        var best = await AskAsync(question, cancellationToken);
        for (var i = 1; i < Questions; i++)
        {
            var next = await AskAsync(question, cancellationToken);
            best = next.Took < best.Took ? next : best;
        }

        clock.Take(best.At, best.Middle, best.Took / 2);
        Report();
    }

    private async Task<(DateTimeOffset At, long Middle, TimeSpan Took)> AskAsync(
        DbCommand question,
        CancellationToken cancellationToken
    )
    {
        var asked = clock.GetTimestamp();
        var at = (DateTime)(await question.ExecuteScalarAsync(cancellationToken))!;
        var answered = clock.GetTimestamp();
        return (new DateTimeOffset(at), asked + ((answered - asked) / 2), clock.GetElapsedTime(asked, answered));
    }

    private void Report()
    {
        if (clock.IsAstray == _wasAstray)
        {
            return;
        }

        _wasAstray = clock.IsAstray;
        if (_wasAstray)
        {
            Log.ClockAstray(logger, clock.Lead, ClusterClock.Allowed);
        }
        else
        {
            Log.ClockAgrees(logger, clock.Lead);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1011,
            LogLevel.Warning,
            "The database's clock cannot be read ({Reason}); the last reading holds."
        )]
        public static partial void ClockNotRead(ILogger logger, string reason);

        [LoggerMessage(
            1012,
            LogLevel.Error,
            "This node's clock is {Lead} ahead of the database's; {Allowed} are allowed. The node takes no work until it is set right."
        )]
        public static partial void ClockAstray(ILogger logger, TimeSpan lead, TimeSpan allowed);

        [LoggerMessage(1013, LogLevel.Information, "This node's clock agrees with the database's again ({Lead}).")]
        public static partial void ClockAgrees(ILogger logger, TimeSpan lead);
    }
}
