using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Timing;

/// <summary>
/// Wakes at the moment at which a clock of a joint application changes its colour, and reminds (催办) or escalates (督办).
/// <code>
/// timer ──▶ joint application ──▶ look (pure) ──▶ one commit: evidence, what was told, notices, next timer
///                                    └──▶ a clock that cannot be read: throws, so that operators see the timer fail
/// </code>
/// It may run twice: each colour is told once, because what was told is part of the joint application.
/// </summary>
internal sealed partial class JointWatch(
    JointBook book,
    CallerDirectory callers,
    SlaClock clock,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time,
    ILogger<JointWatch> logger
) : ITimerHandler
{
    public const string TimerKind = "joint-clock";

    /// <summary>A timer may fire this much early when the clocks of two nodes differ; what it came for is told all the same.</summary>
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(2);

    public string Kind => TimerKind;

    public async Task Handle(string key, CancellationToken cancellationToken)
    {
        MissingYear? missing = null;
        JointChange? told = null;
        var changed = await book.Change(
            key,
            file =>
            {
                var now = StoredTime.Of(time.GetUtcNow());
                var at = file.LookAt is { } due && due > now && due - now < s_early ? due : now;
                var recipients = new RecipientGrants(callers.Current, file.Purpose, now);
                (told, missing) = JointLook.At(file, clock, recipients.ClientsOf, at);
                return told;
            }
        );
        if (!changed.Succeeded(out var after, out var refusal))
        {
            throw new ClockNotReadException(refusal.Title);
        }

        foreach (var fact in told?.Facts ?? [])
        {
            Log.Reminded(logger, after.JointId, fact.Subject, fact.Outcome);
        }

        if (missing is not null)
        {
            throw new ClockNotReadException(missing.Note);
        }

        if (ReferenceEquals(told?.File, after) && after.LookAt is { } next)
        {
            await Rearm(key, next, cancellationToken);
        }
    }

    /// <summary>Fired too early, or moved: the moment in the joint application holds.</summary>
    private async Task Rearm(string key, DateTimeOffset next, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        DurableTimer.Schedule(db, TimerKind, key, next);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(2340, LogLevel.Information, "Joint application {JointId}: {Subject} {Outcome}.")]
        public static partial void Reminded(ILogger logger, string jointId, string subject, string outcome);
    }
}
