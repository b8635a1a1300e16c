using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// Writes the end of an event's turn: its evidence, its rows, its case and its notices are one commit, together with what was done, if
/// anything was.
/// </summary>
internal sealed class EventResultWriter(
    EvidenceLog log,
    CaseStore cases,
    NoticeOutbox outbox,
    PolicyBook policies,
    SlaClock clock,
    TimeProvider time
)
{
    /// <summary>A unit of work with the event's own part: what came of it, and its rows.</summary>
    /// <param name="context">An event that is acted on.</param>
    /// <param name="done">What came of it.</param>
    /// <param name="detail">More, without personal data.</param>
    public UnitOfWork Begin(EventContext context, EventDone done, string? detail = null)
    {
        var now = time.GetUtcNow();
        var basis = EnterpriseRequest.BasisOf(context.Input);
        var unit = UnitOfWork.From([Draft(context, basis, done.Result, detail, now)]);
        EventUpdates.Complete(unit, context, done, isActedOn: true, now);
        return unit;
    }

    /// <summary>The same of a transfer: what it was received for is accepted, or found to need no acceptance.</summary>
    public UnitOfWork BeginTransfer(EventContext context, EventDone done, string? detail = null)
    {
        var (unit, now) = (Begin(context, done, detail), time.GetUtcNow());
        cases.Change(
            unit,
            context.CaseOwner,
            context.Row.CaseId,
            new AnsweredEventRead(context.Row),
            (answered, found) =>
                found is null
                    ? CaseChange.None(found)
                    : EventTransitions.PassOver(found, answered, isTakenBack: false, now)
        );
        return unit;
    }

    /// <summary>Commits what came of an event.</summary>
    /// <returns>
    /// What came of it; <see cref="Refusal.ConcurrencyConflict"/>: another node was faster; <see cref="Refusal.EvidenceUnavailable"/>.
    /// </returns>
    public Task<Result<EventDone>> CommitAsync(UnitOfWork unit, EventDone done) => log.CommitAsync(unit, done);

    /// <summary>The event stands on record; nothing else changes.</summary>
    public Task<Result<EventDone>> UnchangedAsync(EventContext context, string applicationId)
    {
        var done = new EventDone(EventResults.Unchanged, StreamState.Open, applicationId);
        return CommitAsync(PassOver(context, done), done);
    }

    /// <summary>Nothing is wanted, so nothing is opened.</summary>
    public Task<Result<EventDone>> NothingRequestedAsync(EventContext context)
    {
        var done = new EventDone(EventResults.NothingRequested, StreamState.New, ApplicationId: null);
        return CommitAsync(PassOver(context, done), done);
    }

    /// <summary>
    /// The event cannot become an application: the office is told which fields are wrong. Acceptance goes on running, so
    /// that it is not forgotten.
    /// </summary>
    public Task<Result<EventDone>> NeedsReviewAsync(EventContext context, string faults, string? applicationId)
    {
        var done = new EventDone(EventResults.NeedsReview, StreamState.Open, applicationId);
        var now = time.GetUtcNow();
        var notice = EventNotifications.NeedsReview(context.Row, context.CaseOwner, now, faults, applicationId);
        var unit = Begin(context, done, faults);
        ChangeCase(
            unit,
            context,
            (answered, found) =>
                new CaseChange(
                    EventTransitions.AwaitReview(found, answered, policies.InForce(now), clock, now),
                    [notice]
                )
        );
        return CommitAsync(unit, done);
    }

    /// <summary>No electricity is wanted: acceptance is done, and the office is told what is wanted.</summary>
    public Task<Result<EventDone>> NoElectricityAsync(EventContext context)
    {
        var utilities = string.Join(',', EnterpriseRequest.OtherUtilities(context.Input));
        var done = new EventDone(EventResults.NoElectricity, StreamState.Open, ApplicationId: null);
        var now = time.GetUtcNow();
        var notice = EventNotifications.UtilitiesWanted(context.Row, context.CaseOwner, now, utilities);
        var unit = Begin(context, done, utilities);
        ChangeCase(
            unit,
            context,
            (answered, found) =>
                new CaseChange(EventTransitions.EndAcceptance(found, answered, policies.InForce(now), now), [notice])
        );
        return CommitAsync(unit, done);
    }

    /// <summary>Nothing runs for electricity any more; the case is over unless other utilities are still wanted.</summary>
    /// <param name="unit">What is committed.</param>
    /// <param name="context">The event.</param>
    /// <param name="applicationId">The application that was taken back; null: there was none.</param>
    /// <param name="wanted">Other utilities.</param>
    public void EndElectricity(
        UnitOfWork unit,
        EventContext context,
        string? applicationId,
        IReadOnlyList<string> wanted
    )
    {
        var (row, office, now) = (context.Row, context.CaseOwner, time.GetUtcNow());
        if (wanted.Count == 0)
        {
            var over = EventNotifications.Withdrawn(row, office, now, applicationId);
            ChangeCase(
                unit,
                context,
                (answered, found) =>
                    CaseTransitions.Withdraw(found, now, evidenceId: null, answered) with
                    {
                        Notices = [over],
                    }
            );
            return;
        }

        var notice = EventNotifications.UtilitiesStillWanted(row, office, now, string.Join(',', wanted), applicationId);
        ChangeCase(
            unit,
            context,
            (answered, found) => new CaseChange(EventTransitions.EndElectricity(found, answered, clock, now), [notice])
        );
    }

    /// <summary>An event on which nothing is done has a result and no effect.</summary>
    /// <inheritdoc cref="CommitAsync" path="/returns" />
    public Task<Result<EventDone>> RecordAsync(EventContext context, StreamMove.Record move)
    {
        var now = time.GetUtcNow();
        var done = new EventDone(
            move.Result,
            move.State ?? context.Stream?.State ?? StreamState.New,
            context.Stream?.ApplicationId
        );
        var missing = context.Missing is { } gap ? $"{gap} missing" : null;
        var unit = UnitOfWork.From([Draft(context, UnreadBasis(context), done.Result, missing, now)]);
        EventUpdates.Complete(unit, context, done, isActedOn: false, now);
        PassOver(unit, context, done.State, now);
        return CommitAsync(unit, done);
    }

    /// <summary>An event cannot be processed: the stream goes on without it, and the office and operators are told.</summary>
    /// <returns>The failure, or a refusal as above.</returns>
    public Task<Result<string>> DeadLetterAsync(EventContext context, string failure)
    {
        var now = time.GetUtcNow();
        var unit = UnitOfWork.From([Draft(context, UnreadBasis(context), EventHistory.DeadLetter, failure, now)]);
        EventUpdates.DeadLetter(unit, context, failure, now);
        unit.AppendRange(outbox.Rows(EventNotifications.DeadLetter(context.Row, context.Office, now, failure)));
        return log.CommitAsync(unit, failure);
    }

    /// <summary>A change of the case that belongs to the event.</summary>
    private void ChangeCase(UnitOfWork unit, EventContext context, Func<AnsweredEvent, Case, CaseChange> change) =>
        cases.Change(
            unit,
            context.CaseOwner,
            context.Row.CaseId,
            new AnsweredEventRead(context.Row),
            (answered, found) =>
                found is null
                    ? throw new InvalidOperationException("The case of an event was opened when it was received.")
                    : change(answered, found)
        );

    /// <summary>An event that was opened and changes nothing: its case does not wait for it any more.</summary>
    private UnitOfWork PassOver(EventContext context, EventDone done)
    {
        var (unit, now) = (Begin(context, done), time.GetUtcNow());
        ChangeCase(
            unit,
            context,
            (answered, found) => EventTransitions.PassOver(found, answered, isTakenBack: false, now)
        );
        return unit;
    }

    /// <summary>Nothing of the event is waited for any more, and an enterprise that is withdrawn before it was opened has no open case.</summary>
    private void PassOver(UnitOfWork unit, EventContext context, StreamState state, DateTimeOffset now)
    {
        if (context.Office is not { } office)
        {
            return; // its source is not in the settings any more, so it has no case that could be found
        }

        var row = context.Row;
        cases.Change(
            unit,
            office,
            row.CaseId,
            new AnsweredEventRead(row),
            (answered, found) =>
                found is null
                    ? CaseChange.None(found)
                    : EventTransitions.PassOver(found, answered, state == StreamState.Withdrawn, now)
        );
        if (row.Type == EventTypes.Transferred)
        {
            JointCase.EndWithout(unit, cases, office, row.CaseId, now);
        }
    }

    /// <summary>The basis of an event that was not opened.</summary>
    private static string UnreadBasis(EventContext context) => $"event:{context.Row.ReceiptId}";

    private EvidenceDraft Draft(
        EventContext context,
        string basis,
        string outcome,
        string? detail,
        DateTimeOffset now
    ) =>
        new()
        {
            EvidenceId = Identifiers.New("evd", time),
            Kind = EvidenceKind.Event,
            CaseId = context.Row.CaseId,
            CaseOwner = context.CaseOwner,
            ParentId = context.Row.ReceiptId,
            CallerId = context.CaseOwner,
            Purpose = EventTypes.PurposeOf(context.Row.Type),
            Basis = basis,
            Grants = string.Empty, // nothing is asked of an agency
            Subject = context.Row.Type,
            Outcome = outcome,
            Detail = detail,
            PolicyVersion = policies.InForce(now).Version,
            At = now,
        };
}
