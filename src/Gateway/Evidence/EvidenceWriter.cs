using System.Diagnostics;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Evidence;

/// <summary>
/// The one writer: commits all units of work that wait, together. When that fails because of the rows of one, each is tried alone, so
/// one poisonous request never fails its neighbours. It has a thread of its own because a commit waits for the disk; nothing ends
/// that thread but the stop of the gateway.
/// </summary>
internal sealed partial class EvidenceWriter(
    EvidenceLog log,
    IDbContextFactory<GatewayDb> factory,
    EvidenceDigests digests,
    IOptions<EvidenceOptions> options,
    IOptions<DatabaseOptions> database,
    ILogger<EvidenceWriter> logger
) : IHostedService
{
    private const int ChainAttempts = 3;

    private readonly EvidenceBatch _batch = new(factory, digests, ChainOf(options.Value, database.Value));
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(Run) { IsBackground = true, Name = "evidence writer" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        log.Close();
        return _finished.Task.WaitAsync(cancellationToken);
    }

    private static string ChainOf(EvidenceOptions options, DatabaseOptions database) =>
        options.Chain
        ?? (database.Provider == DatabaseProvider.Sqlite ? "local" : Environment.MachineName.ToLowerInvariant());

    private void Run()
    {
        var batch = new List<EvidenceEntry>();
        while (log.TakeBatch(batch))
        {
            CommitOrFail(batch);
        }

        _finished.SetResult();
    }

    /// <summary>What goes wrong around a commit fails those who wait for it, and not those who come later.</summary>
    private void CommitOrFail(List<EvidenceEntry> batch)
    {
        try
        {
            Commit(batch);
        }
        catch (Exception bug)
        {
            foreach (var entry in batch)
            {
                entry.Failed(bug); // nothing happens to one that has its outcome
            }
        }
    }

    private void Commit(IReadOnlyList<EvidenceEntry> entries)
    {
        if (entries.Count == 0 || TryCommit(entries) is not { } reason)
        {
            return;
        }

        var failure = CommitFailures.Classify(reason);
        if (failure == CommitFailure.Unavailable)
        {
            log.SetUnavailable();
            Refuse(entries, "unavailable", static entry => entry.Unavailable());
            Log.Unavailable(logger, entries.Count, reason.GetType().Name, reason);
        }
        else if (entries.Count > 1)
        {
            CommitOneByOne(entries);
        }
        else if (failure == CommitFailure.Overtaken)
        {
            Refuse(entries, "overtaken", static entry => entry.Refused(Refusal.ConcurrencyConflict));
        }
        else
        {
            EvidenceTelemetry.Failures.Add(1, new KeyValuePair<string, object?>("reason", "bug"));
            entries[0].Failed(reason);
        }
    }

    private void CommitOneByOne(IReadOnlyList<EvidenceEntry> entries)
    {
        foreach (var entry in entries)
        {
            Commit([entry]);
        }
    }

    private Exception? TryCommit(IReadOnlyList<EvidenceEntry> entries)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reason = CommitOnce(entries);
            if (reason is not ChainTakenException || attempt == ChainAttempts)
            {
                return reason;
            }
        }
    }

    private Exception? CommitOnce(IReadOnlyList<EvidenceEntry> entries)
    {
        var started = Stopwatch.GetTimestamp();
        var since = log.UnavailableAt;
        using var span = EvidenceTelemetry.StartCommit(entries);
        try
        {
            var evidence = _batch.Commit(entries);
            for (var i = 0; i < entries.Count; i++)
            {
                entries[i].Committed(evidence[i]);
            }
        }
        catch (Exception reason)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", reason.GetType().Name);
            return reason;
        }

        if (since is { } failed)
        {
            log.SetAvailable(failed);
        }

        EvidenceTelemetry.BatchSize.Record(entries.Count);
        EvidenceTelemetry.CommitDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        return null;
    }

    private static void Refuse(IReadOnlyList<EvidenceEntry> entries, string reason, Action<EvidenceEntry> refuse)
    {
        EvidenceTelemetry.Failures.Add(entries.Count, new KeyValuePair<string, object?>("reason", reason));
        foreach (var entry in entries)
        {
            refuse(entry);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1300,
            LogLevel.Error,
            "Evidence of {Requests} requests cannot be committed ({Reason}); they are refused."
        )]
        public static partial void Unavailable(ILogger logger, int requests, string reason, Exception exception);
    }
}
