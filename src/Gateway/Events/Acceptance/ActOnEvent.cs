using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Acceptance;

/// <summary>
/// Does what an event means, through flow 1 and under the grants of the source's office. Each act is one commit: what is
/// taken back, what is opened, case, clocks, event, stream, notices and evidence are all there or none of them is.
/// <code>
///  opened    ──▶ wants electricity? ──▶ understood? ──▶ flow 1
///  changed   ──▶ what differs? ──▶ nothing: on record │ anything: old application taken back + flow 1
///  withdrawn ──▶ application and case taken back
/// </code>
/// </summary>
internal sealed class ActOnEvent(
    ApplyHandler apply,
    ChangeApplication change,
    ApplicationStore applications,
    ReadApplicationOfEvent read,
    RecordResult record,
    CallerDirectory callers
)
{
    private const int Attempts = 3;

    /// <summary>Opens the application.</summary>
    /// <returns>What came of it; <see cref="Refusal.Overtaken"/>: somebody else did it; any other refusal: try again later.</returns>
    public Task<Result<EventDone>> Open(EventWork work) =>
        AcceptEvent.WantsElectricity(work.Input) ? Apply(work, current: null)
        : AcceptEvent.OtherUtilities(work.Input).Count > 0 ? record.NoElectricity(work)
        : record.NothingRequested(work);

    /// <summary>Lays what is true now over what was opened.</summary>
    /// <inheritdoc cref="Open" path="/returns" />
    public Task<Result<EventDone>> Change(EventWork work) =>
        AgainWhenOvertaken(async () =>
            (AcceptEvent.WantsElectricity(work.Input), await Current(work)) switch
            {
                (false, var current) => await TakeBack(work, current, StreamState.Open),
                (true, null) => await Apply(work, current: null),
                (true, { Dossier.State: ApplicationState.Withdrawn } withdrawn)
                    when work.Row.Type != EventTypes.IntentChanged => await record.Unchanged(
                    work,
                    withdrawn.Dossier.ApplicationId
                ),
                (true, { Dossier.State: ApplicationState.Withdrawn }) => await Apply(work, current: null),
                (true, var open) => await Apply(work, open),
            }
        );

    /// <summary>Takes everything back.</summary>
    /// <inheritdoc cref="Open" path="/returns" />
    public Task<Result<EventDone>> Withdraw(EventWork work) =>
        AgainWhenOvertaken(async () => await TakeBack(work, await Current(work), StreamState.Withdrawn));

    /// <summary>Opens what the event asks for, in the place of the open application if there is one.</summary>
    private async Task<Result<EventDone>> Apply(EventWork work, StoredApplication? current)
    {
        var replaced = current?.Dossier.ApplicationId;
        var faults = new FaultList();
        if (read.Read(work, faults) is not { } command)
        {
            return await record.NeedsReview(work, EventFaults.Text(work.Input, faults.ToList()), replaced);
        }

        var differences = current is null
            ? []
            : ApplicationDifference.Between(read.AskedFor(current), new AskedFor(command.AsSent, command.Form));
        if (current is not null && differences.Count == 0)
        {
            return await record.Unchanged(work, replaced!);
        }

        if (!work.Office(callers.Current).Succeeded(out var office, out var refusal))
        {
            return refusal;
        }

        CommitPart? before = null;
        if (current is not null && !(await TakeBack(work, office, current)).Succeeded(out before, out refusal))
        {
            return refusal;
        }

        EventDone? done = null;
        var answer = await apply.Handle(
            office,
            command,
            IdempotencyTicket.None,
            new ApplicationOrigin(work.Row.HappenedAt, Alongside)
            {
                Answered = db => WaitingEvents.Answered(db, work.Row),
                Replaces = replaced,
            }
        );
        return answer.Succeeded(out _, out refusal) ? done! : refusal;

        CommitPart Alongside(Dossier dossier)
        {
            var result = before is null ? EventResults.Accepted : EventResults.Changed;
            done = new EventDone(result, StreamState.Open, dossier.ApplicationId);
            var own = record.Part(work, done, Detail(dossier.ApplicationId, differences));
            return before is null ? own : before + own;
        }
    }

    /// <summary>Takes the application back, if one is open, and the case unless other utilities are still wanted.</summary>
    private async Task<Result<EventDone>> TakeBack(EventWork work, StoredApplication? current, StreamState state)
    {
        var done = new EventDone(EventResults.Withdrawn, state, ApplicationId: null);
        var wanted = state == StreamState.Open ? AcceptEvent.OtherUtilities(work.Input) : [];
        var applicationId = current?.Dossier.ApplicationId;
        var part = record.Part(work, done, applicationId) + record.Ended(work, applicationId, wanted);
        if (current is { Dossier.State: ApplicationState.Open })
        {
            if (!work.Office(callers.Current).Succeeded(out var office, out var refusal))
            {
                return refusal;
            }

            if (!(await TakeBack(work, office, current)).Succeeded(out var withdrawal, out refusal))
            {
                return refusal;
            }

            part = withdrawal + part;
        }

        return await record.Seal(part, done);
    }

    private Task<Result<CommitPart>> TakeBack(EventWork work, CallerContext office, StoredApplication current) =>
        change.TakeBack(
            office,
            current.Dossier.ApplicationId,
            new TakeBack($"企业开办事件 {work.Row.ReceiptId}（{work.Row.Type}）", work.Row.ReceiptId)
        );

    private async Task<StoredApplication?> Current(EventWork work) =>
        work.Stream?.ApplicationId is { } applicationId
            ? await applications.Find(applicationId, CancellationToken.None)
            : null;

    private static async Task<Result<EventDone>> AgainWhenOvertaken(Func<Task<Result<EventDone>>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await act();
            if (
                attempt == Attempts
                || result.Succeeded(out _, out var refusal)
                || !ReferenceEquals(refusal, Refusal.Overtaken)
            )
            {
                return result;
            }
        }
    }

    private static string Detail(string applicationId, IReadOnlyList<string> differences) =>
        differences.Count == 0 ? applicationId : $"{applicationId} {string.Join(',', differences)}";
}
