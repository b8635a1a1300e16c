using Integration.Gateway.Callers;
using Integration.Gateway.Cases.Deadlines;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.JointApplications.Deadlines;

/// <summary>
/// Wakes at the moment at which a clock of a joint application changes its colour, and reminds (催办) or escalates (督办).
/// <code>
/// timer ──▶ joint application ──▶ look (pure) ──▶ one commit: evidence, what was told, notices, next timer
///                                    └──▶ a clock that cannot be read: throws, so that operators see the timer fail
/// </code>
/// It may run twice: each colour is told once, because what was told is part of the joint application.
/// </summary>
internal sealed partial class JointDeadlineTimer(
    JointApplicationStore store,
    CallerDirectory callers,
    SlaClock clock,
    TimeProvider time,
    ILogger<JointDeadlineTimer> logger
) : ITimerHandler
{
    public string Kind => JointTimers.Deadline;

    public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(call.Key, cancellationToken) is not { } loaded)
        {
            throw new ClockNotReadException(Refusal.NotFound("This joint application").Title);
        }

        MissingYear? missing = null;
        JointChange? notified = null;
        var changed = await store.ChangeAsync(
            loaded,
            joint =>
            {
                var now = StoredTime.From(time.GetUtcNow());
                var at = call.At > now ? call.At : now;
                var recipients = new RecipientGrants(callers.Current, joint.Purpose, now);
                (notified, missing) = JointDeadlineCheck.At(joint, clock, recipients.ClientsOf, at);
                return notified;
            }
        );
        if (!changed.Succeeded(out var after, out var refusal))
        {
            throw new ClockNotReadException(refusal.Title);
        }

        foreach (var fact in notified?.Facts ?? [])
        {
            Log.Reminded(logger, after.JointId, fact.Subject, fact.Outcome);
        }

        return missing is null ? after.LookAt : throw new ClockNotReadException(missing.Note);
    }

    private static partial class Log
    {
        [LoggerMessage(2340, LogLevel.Information, "Joint application {JointId}: {Subject} {Outcome}.")]
        public static partial void Reminded(ILogger logger, string jointId, string subject, string outcome);
    }
}
