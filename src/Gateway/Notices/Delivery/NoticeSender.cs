using System.Diagnostics;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices.Delivery;

/// <summary>
/// Delivers what the outbox holds. Each subscriber has a line of its own: one node at a time, one notice at a time.
/// <code>
/// every second ──(1)──▶ is it this node's turn? ──(2)──▶ next row ──(3)──▶ send ──(4)──▶ row: delivered, again at, dead letter
/// </code>
/// All state is in the row. What was sent and not recorded is sent again with the same id.
/// </summary>
internal sealed partial class NoticeSender(
    WorkLeases leases,
    NoticeQueue queue,
    DeliverNotice deliver,
    IOptions<NoticeOptions> options,
    TimeProvider time,
    ILogger<NoticeSender> logger
) : BackgroundService
{
    /// <summary>Longer than an attempt; with <see cref="s_look"/> a dead node is replaced within 10 s.</summary>
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_fold = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _giveUpAfter = TimeSpan.FromHours(options.Value.GiveUpAfterHours);

    /// <summary>A line that breaks stops the gateway at once: it must not be missing unseen while the others go on.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lines = options
            .Value.Subscribers.Select(Subscriber.Open)
            .Select(to => ServeAsync(to, stoppingToken))
            .ToList();
        await foreach (var line in Task.WhenEach(lines))
        {
            await line;
        }
    }

    private async Task ServeAsync(Subscriber to, CancellationToken stoppingToken)
    {
        var turn = $"notices/{to.Name}";
        var isBack = true;
        var folded = time.GetTimestamp();
        try
        {
            while (true)
            {
                try
                {
                    while (await leases.TryHoldAsync(turn, s_turn, stoppingToken))
                    {
                        if (time.GetElapsedTime(folded) >= s_fold)
                        {
                            folded = time.GetTimestamp(); // a failure waits for the next round and holds no notice up
                            await FoldAsync(to, stoppingToken);
                            continue; // the turn is held anew before anything is sent
                        }

                        if (await queue.NextAsync(to.Name, stoppingToken) is not { } row)
                        {
                            break;
                        }

                        isBack = await SendAsync(to, row, isBack, stoppingToken);
                    }
                }
                catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.SenderFailed(logger, to.Name, reason);
                }

                await Task.Delay(s_look, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await leases.ReleaseAsync(turn, CancellationToken.None); // another node need not wait for the turn to run out
        }
    }

    /// <summary>One attempt and what comes of it.</summary>
    /// <returns>Whether the subscriber took it.</returns>
    private async Task<bool> SendAsync(Subscriber to, NoticeRow row, bool tookTheLast, CancellationToken stoppingToken)
    {
        using var span = NoticeTelemetry.Source.StartActivity("notice deliver", ActivityKind.Client, parentId: null);
        var since = time.GetTimestamp();
        var first = row.FirstAttemptAt ?? StoredTime.From(time.GetUtcNow());
        var attempt = await deliver.SendAsync(to, row, stoppingToken);
        var took = time.GetElapsedTime(since);
        if (attempt.IsDelivered)
        {
            await queue.DeliveredAsync(row, stoppingToken);
            NoticeTelemetry.Record(span, to.Name, "delivered", took);
            if (!tookTheLast)
            {
                await queue.WakeAsync(to.Name, stoppingToken);
            }

            return true;
        }

        var failures = row.Attempts + 1;
        var refusals = row.Refusals + (attempt.IsRefused ? 1 : 0);
        var pause = RetryPlan.PauseAfter(attempt, failures, refusals, time.GetUtcNow() - first, _giveUpAfter);
        await queue.FailedAsync(row, attempt, first, pause, stoppingToken);
        NoticeTelemetry.Record(span, to.Name, pause is null ? "dead-letter" : "again", took);
        Report(to, row, attempt, pause);
        return false;
    }

    private async Task FoldAsync(Subscriber to, CancellationToken stoppingToken)
    {
        var folded = await queue.FoldAsync(to.Name, stoppingToken);
        if (folded > 0)
        {
            NoticeTelemetry.Folded(to.Name, folded);
            Log.Folded(logger, folded, to.Name);
        }
    }

    private void Report(Subscriber to, NoticeRow row, Attempt attempt, TimeSpan? pause)
    {
        if (pause is { } time)
        {
            Log.NotDelivered(logger, row.NoticeId, to.Name, attempt.Failure, row.Attempts + 1, time);
        }
        else
        {
            Log.NoticeDeadLetter(logger, row.NoticeId, to.Name, attempt.Failure, row.Attempts + 1);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1660,
            LogLevel.Warning,
            "Notice {NoticeId} to {Subscriber} was not taken ({Failure}, attempt {Attempts}); again in {Pause}."
        )]
        public static partial void NotDelivered(
            ILogger logger,
            string noticeId,
            string subscriber,
            string failure,
            int attempts,
            TimeSpan pause
        );

        [LoggerMessage(
            1661,
            LogLevel.Error,
            "Notice {NoticeId} to {Subscriber} is a dead letter ({Failure}, attempt {Attempts}); operators can send it again."
        )]
        public static partial void NoticeDeadLetter(
            ILogger logger,
            string noticeId,
            string subscriber,
            string failure,
            int attempts
        );

        [LoggerMessage(
            1663,
            LogLevel.Warning,
            "{Count} notices that wait for {Subscriber} are not told: newer ones say the same of their cases."
        )]
        public static partial void Folded(ILogger logger, int count, string subscriber);

        [LoggerMessage(1662, LogLevel.Error, "Notices to {Subscriber} cannot be worked on; it is tried again.")]
        public static partial void SenderFailed(ILogger logger, string subscriber, Exception exception);
    }
}
