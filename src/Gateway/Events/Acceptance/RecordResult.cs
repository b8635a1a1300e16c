using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Acceptance;

/// <summary>Puts on record what came of an event, under the office and the consent of the event.</summary>
internal sealed class RecordResult(
    EvidenceLog log,
    CaseBook cases,
    PolicyBook policies,
    SlaClock clock,
    TimeProvider time
)
{
    /// <summary>The event's own part of a commit: what came of it, and its rows.</summary>
    /// <param name="work">The event.</param>
    /// <param name="done">What came of it.</param>
    /// <param name="detail">More, without personal data.</param>
    public CommitPart Part(EventWork work, EventDone done, string? detail = null)
    {
        var now = time.GetUtcNow();
        var draft = new EvidenceDraft
        {
            EvidenceId = Identifiers.New("evd", time),
            Kind = EvidenceKind.Event,
            CaseId = work.Row.CaseId,
            CaseOwner = work.Source.Options.Office,
            ParentId = work.Row.ReceiptId,
            CallerId = work.Source.Options.Office,
            Purpose = EventTypes.PurposeOf(work.Row.Type),
            Basis = AcceptEvent.BasisOf(work.Input),
            Grants = string.Empty,
            Subject = work.Row.Type,
            Outcome = done.Result,
            Detail = detail,
            PolicyVersion = policies.InForce(now).Version,
            At = now,
        };
        return new CommitPart([draft], work.Done(done));
    }

    /// <summary>Commits a result that opens nothing.</summary>
    public async Task<Result<EventDone>> Seal(CommitPart part, EventDone done)
    {
        var seal = await log.Seal(part.Drafts, part.Rows, CancellationToken.None);
        return seal.Succeeded(out var evidenced, out var refusal) ? evidenced.Release(done).Answer : refusal;
    }

    /// <summary>The event stands on record; nothing else changes.</summary>
    public Task<Result<EventDone>> Unchanged(EventWork work, string applicationId)
    {
        var done = new EventDone(EventResults.Unchanged, StreamState.Open, applicationId);
        return Seal(Part(work, done) + PassedOver(work), done);
    }

    /// <summary>Nothing is wanted, so nothing is opened.</summary>
    public Task<Result<EventDone>> NothingRequested(EventWork work)
    {
        var done = new EventDone(EventResults.NothingRequested, StreamState.New, ApplicationId: null);
        return Seal(Part(work, done) + PassedOver(work), done);
    }

    /// <summary>
    /// The event cannot become an application: the office is told which fields are wrong. Acceptance goes on running, so
    /// that nobody forgets it.
    /// </summary>
    public Task<Result<EventDone>> NeedsReview(EventWork work, string faults, string? applicationId)
    {
        var done = new EventDone(EventResults.NeedsReview, StreamState.Open, applicationId);
        var told = Told(work, NoticeTypes.CaseNeedsReview, ("fields", faults), ("applicationId", applicationId));
        var now = time.GetUtcNow();
        return Seal(
            Part(work, done, faults)
                + InCase(
                    work,
                    (answered, file) =>
                        new CaseChange(EventActs.AwaitReview(file, answered, policies.InForce(now), clock, now), [told])
                ),
            done
        );
    }

    /// <summary>No electricity is wanted: acceptance is done, and the office is told what is wanted.</summary>
    public Task<Result<EventDone>> NoElectricity(EventWork work)
    {
        var utilities = string.Join(',', AcceptEvent.OtherUtilities(work.Input));
        var done = new EventDone(EventResults.NoElectricity, StreamState.Open, ApplicationId: null);
        var told = Told(work, NoticeTypes.CaseUtilitiesWanted, ("utilities", utilities));
        var now = time.GetUtcNow();
        return Seal(
            Part(work, done, utilities)
                + InCase(
                    work,
                    (answered, file) =>
                        new CaseChange(EventActs.EndAcceptance(file, answered, policies.InForce(now), now), [told])
                ),
            done
        );
    }

    /// <summary>Nothing runs for electricity any more; the case is over unless other utilities are still wanted.</summary>
    /// <param name="work">The event.</param>
    /// <param name="applicationId">The application that was taken back; null: there was none.</param>
    /// <param name="wanted">Other utilities.</param>
    public CommitPart Ended(EventWork work, string? applicationId, IReadOnlyList<string> wanted)
    {
        var now = time.GetUtcNow();
        var application = ("applicationId", applicationId);
        if (wanted.Count == 0)
        {
            var withdrawn = Told(work, NoticeTypes.CaseWithdrawn, application);
            return InCase(
                work,
                (answered, file) =>
                    CaseActs.Withdraw(file, now, evidenceId: null, answered) with
                    {
                        Notices = [withdrawn],
                    }
            );
        }

        var told = Told(work, NoticeTypes.CaseUtilitiesWanted, application, ("utilities", string.Join(',', wanted)));
        return InCase(
            work,
            (answered, file) => new CaseChange(EventActs.EndElectricity(file, answered, clock, now), [told])
        );
    }

    /// <summary>A change of the case that belongs to the event.</summary>
    private CommitPart InCase(EventWork work, Func<AnsweredEvent, CaseFile, CaseChange> change) =>
        new(
            [],
            cases.Change(
                work.Source.Options.Office,
                work.Row.CaseId,
                (db, file) =>
                    file is null
                        ? throw new InvalidOperationException("The case of an event was opened when it was received.")
                        : change(WaitingEvents.Answered(db, work.Row), file)
            )
        );

    /// <summary>Nothing of the event is waited for any more.</summary>
    private CommitPart PassedOver(EventWork work)
    {
        var now = time.GetUtcNow();
        return InCase(work, (answered, file) => EventActs.PassOver(file, answered, isTakenBack: false, now));
    }

    /// <summary>A notice to the office about an event.</summary>
    private Notice Told(EventWork work, string type, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var data = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["receiptId"] = work.Row.ReceiptId,
            ["event"] = work.Row.Type,
        };
        foreach (var (name, value) in more)
        {
            data[name] = value;
        }

        return new Notice
        {
            Type = type,
            CallerId = work.Source.Options.Office,
            CaseId = work.Row.CaseId,
            At = time.GetUtcNow(),
            Data = data,
        };
    }
}
