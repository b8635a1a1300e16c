using System.Data.Common;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Integration.Gateway.Platform.Database;
using Microsoft.Extensions.Options;
using Quartz;

namespace Integration.Gateway.Platform.Timers;

/// <summary>The port to Quartz: rows become jobs, one job for each timer and one trigger for each due time.</summary>
internal sealed class TimerScheduler(IOptions<DatabaseOptions> options)
{
    private const string Group = "timers";
    private readonly Channel<TimerRow> _announced = Channel.CreateUnbounded<TimerRow>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    private volatile IScheduler? _scheduler;

    /// <summary>Whether the engine runs.</summary>
    public bool IsReady => _scheduler is not null;

    /// <summary>Whether scheduling can be part of the transaction that sets the timer.</summary>
    public bool JoinsTransactions => options.Value.Provider == DatabaseProvider.Postgresql && _scheduler is not null;

    /// <summary>Timers that were committed and have no job yet.</summary>
    public ChannelReader<TimerRow> Announced => _announced.Reader;

    /// <summary>From now on jobs can be made; null: not any more.</summary>
    public void Use(IScheduler? scheduler) => _scheduler = scheduler;

    public void Announce(IEnumerable<TimerRow> rows)
    {
        foreach (var row in rows)
        {
            _announced.Writer.TryWrite(row);
        }
    }

    /// <summary>Makes the jobs in the transaction that sets the timers.</summary>
    /// <returns>False when the scheduler is not there yet; the sweep at its start finds the rows.</returns>
    public async ValueTask<bool> ScheduleWithin(DbTransaction transaction, IReadOnlyList<TimerRow> rows)
    {
        if (_scheduler is not { } scheduler)
        {
            return false;
        }

        using var joined = scheduler.EnlistTransaction(transaction);
        try
        {
            foreach (var row in rows)
            {
                await Schedule(scheduler, row, CancellationToken.None);
            }
        }
        catch (SchedulerException reason) when (reason.GetBaseException() is DbException cause)
        {
            // It happened in the caller's transaction: the caller knows what a failure of the database means.
            ExceptionDispatchInfo.Throw(cause);
        }

        return true;
    }

    public async ValueTask Schedule(TimerRow row, CancellationToken cancellationToken)
    {
        if (_scheduler is { } scheduler)
        {
            await Schedule(scheduler, row, cancellationToken);
        }
    }

    public async ValueTask<bool> HasJob(TimerRow row, CancellationToken cancellationToken) =>
        _scheduler is { } scheduler && await scheduler.Exists(JobKeyOf(row), cancellationToken);

    private static JobKey JobKeyOf(TimerRow row) => new($"{row.Kind}/{row.Key}", Group);

    private static async ValueTask Schedule(IScheduler scheduler, TimerRow row, CancellationToken cancellationToken)
    {
        var job = JobBuilder
            .Create<TimerJob>()
            .WithIdentity(JobKeyOf(row))
            .UsingJobData(TimerJob.KindKey, row.Kind)
            .UsingJobData(TimerJob.KeyKey, row.Key)
            .RequestRecovery()
            .Build();
        var due = row.DueAt.UtcTicks.ToString(CultureInfo.InvariantCulture);
        var trigger = TriggerBuilder
            .Create()
            .WithIdentity($"{row.Kind}/{row.Key}@{due}", Group)
            .ForJob(job)
            .StartAt(row.DueAt)
            .Build();
        await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, cancellationToken);
    }
}
