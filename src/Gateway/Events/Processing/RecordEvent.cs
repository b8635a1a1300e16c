using Integration.Gateway.Cases;
using Integration.Gateway.Events.Acceptance;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Processing;

/// <summary>Puts on record what came of an event on which nothing is done: the result and its evidence are one commit.</summary>
internal sealed class RecordEvent(
    EvidenceLog evidence,
    PolicyBook policies,
    EventSources sources,
    CaseBook cases,
    NoticeOutbox outbox,
    TimeProvider time
)
{
    /// <summary>It has a result and no effect.</summary>
    /// <returns>What came of it; <see cref="Refusal.Overtaken"/>; <see cref="Refusal.EvidenceUnavailable"/>.</returns>
    public async Task<Result<EventDone>> Result(EventTurn turn, StreamMove.Record move)
    {
        var now = time.GetUtcNow();
        var done = new EventDone(
            move.Result,
            move.State ?? turn.Stream?.State ?? StreamState.New,
            turn.Stream?.ApplicationId
        );
        var missing = turn.Missing is { } gap ? $"{gap} missing" : null;
        var sealing = await evidence.Seal(
            [Draft(turn.Row, done.Result, missing, now)],
            turn.Done(done, isActedOn: false, now) + PassedOver(turn.Row, done, now),
            CancellationToken.None
        );
        return sealing.Succeeded(out _, out var refusal) ? done : refusal;
    }

    /// <summary>It cannot be processed: the stream goes on without it, and the office and operators are told.</summary>
    /// <returns>As above.</returns>
    public async Task<Result<string>> DeadLetter(EventTurn turn, string failure)
    {
        var now = time.GetUtcNow();
        var notices = outbox.Rows(NoticeOf(turn.Row, failure, now));
        var sealing = await evidence.Seal(
            [Draft(turn.Row, EventHistory.DeadLetter, failure, now)],
            db =>
            {
                turn.DeadLetter(db, failure, now);
                db.AppendRange(notices);
            },
            CancellationToken.None
        );
        return sealing.Succeeded(out _, out var refusal) ? failure : refusal;
    }

    /// <summary>Nothing of the event is waited for any more, and an enterprise that is withdrawn before it was opened has no open case.</summary>
    private Action<GatewayDb>? PassedOver(EventRow row, EventDone done, DateTimeOffset now) =>
        OfficeOf(row) is not { } office ? null
        : row.Type == EventTypes.Transferred ? JointCase.EndedWithout(cases, office, row.CaseId, now)
        : cases.Change(
            office,
            row.CaseId,
            (db, file) =>
                file is null
                    ? CaseChange.None(file)
                    : EventActs.PassOver(
                        file,
                        WaitingEvents.Answered(db, row),
                        done.State == StreamState.Withdrawn,
                        now
                    )
        );

    private EvidenceDraft Draft(EventRow row, string outcome, string? detail, DateTimeOffset now) =>
        new()
        {
            EvidenceId = Identifiers.New("evd", time),
            Kind = EvidenceKind.Event,
            CaseId = row.CaseId,
            CaseOwner = OfficeOf(row) ?? row.Client,
            ParentId = row.ReceiptId,
            CallerId = OfficeOf(row) ?? row.Client,
            Purpose = EventTypes.PurposeOf(row.Type),
            Basis = $"event:{row.ReceiptId}",
            Grants = string.Empty, // nothing is asked of anybody
            Subject = row.Type,
            Outcome = outcome,
            Detail = detail,
            PolicyVersion = policies.InForce(now).Version,
            At = now,
        };

    private string? OfficeOf(EventRow row) => sources.Find(row.Source)?.Options.Office;

    private Notice NoticeOf(EventRow row, string failure, DateTimeOffset now) =>
        new()
        {
            Type = NoticeTypes.EventDeadLetter,
            CallerId = OfficeOf(row),
            CaseId = row.CaseId,
            At = now,
            Data = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["receiptId"] = row.ReceiptId,
                ["type"] = row.Type,
                ["failure"] = failure,
            },
        };
}
