using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.Cases.Deadlines;

/// <summary>
/// Wakes at the moment at which a clock of a case changes its colour and tells it.
/// <code>
/// timer ──▶ case ──▶ check (pure) ──▶ one commit: evidence, case, notices, team, next timer
///                        └──▶ a clock that cannot be read: throws, so that operators see the timer fail
/// </code>
/// It may run twice: each colour is told once, because what was told is part of the case.
/// </summary>
internal sealed partial class CaseDeadlineTimer(
    CaseStore store,
    CaseActors actors,
    EvidenceLog evidence,
    ILogger<CaseDeadlineTimer> logger
) : ITimerHandler
{
    public const string TimerKind = CaseTimers.Clock;

    public string Kind => TimerKind;

    public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
    {
        var looked = await ConcurrencyRetry.RunAsync(async () =>
            await store.FindAsync(call.Key, cancellationToken) is { } found
                ? await LookAsync(found, call.At)
                : CaseLook.Gone
        );
        return looked.Succeeded(out var look, out var refusal)
            ? look.WakeAt
            : throw new ClockNotReadException(refusal.Title);
    }

    /// <summary>Looks at the clocks now and tells what is new.</summary>
    private async Task<Result<CaseLook>> LookAsync(Case found, DateTimeOffset at)
    {
        var actor = actors.For(found, CaseActor.Gateway);
        actor = at > actor.At ? actor with { At = at } : actor;

        var (change, missing) = CaseDeadlineCheck.At(found, actor);
        var isNews = change.Facts.Count > 0 || (missing is null && !change.Keeps(found));
        if (isNews && await CommitAsync(found, change) is { } refusal)
        {
            return refusal;
        }

        return missing is null ? new CaseLook(change.File.WakeAt) : throw new ClockNotReadException(missing.Note);
    }

    private async Task<Refusal?> CommitAsync(Case found, CaseChange change)
    {
        var unit = UnitOfWork.From(CaseRecords.Create(found, change.Facts, found.CallerId, CaseRecords.OwnGrants));
        store.Replace(unit, found, change);
        if (!(await evidence.CommitAsync(unit, CancellationToken.None)).Succeeded(out _, out var refusal))
        {
            return refusal;
        }

        Told(found, change);
        return null;
    }

    private void Told(Case found, CaseChange change)
    {
        foreach (var fact in change.Facts)
        {
            Log.Told(logger, found.CaseId, fact.Subject, fact.Outcome, fact.EvidenceId);
        }
    }

    /// <summary>When the clocks are looked at next; null: no more.</summary>
    private readonly record struct CaseLook(DateTimeOffset? WakeAt)
    {
        public static CaseLook Gone { get; } = new(null);
    }

    private static partial class Log
    {
        [LoggerMessage(1630, LogLevel.Information, "Case {CaseId}: {Subject} {Outcome}, evidence {EvidenceId}.")]
        public static partial void Told(
            ILogger logger,
            string caseId,
            string subject,
            string outcome,
            string evidenceId
        );
    }
}

/// <summary>The clocks of a case could not be read, or what they say could not be put on record; it is tried again.</summary>
internal sealed class ClockNotReadException(string reason) : Exception(reason);
