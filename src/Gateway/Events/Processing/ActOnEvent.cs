using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// Does what an event means, through flow 1 and under the grants of the source's office. Each act is one commit: what is
/// taken back, what is opened, case, clocks, event, stream, notices and evidence are all there or none of them is. After a conflict nothing is
/// tried again here: the event's row may have changed too, so <see cref="ProcessStream"/> reads it anew before an agency is asked a second time.
/// <code>
///  opened    ──▶ wants electricity? ──▶ understood? ──▶ flow 1
///  changed   ──▶ what differs? ──▶ nothing: on record │ anything: old application taken back + flow 1
///  withdrawn ──▶ application and case taken back
/// </code>
/// </summary>
internal sealed class ActOnEvent(
    ApplyHandler apply,
    ApplicationHandlers change,
    ApplicationStore applications,
    EventApplicationReader read,
    EventResultWriter record,
    CallerDirectory callers
)
{
    /// <summary>Opens the application.</summary>
    /// <returns>What came of it; <see cref="Refusal.ConcurrencyConflict"/>: another node did it; any other refusal: try again later.</returns>
    public Task<Result<EventDone>> OpenAsync(EventContext context) =>
        EnterpriseRequest.WantsElectricity(context.Input) ? ApplyAsync(context, current: null)
        : EnterpriseRequest.OtherUtilities(context.Input).Count > 0 ? record.NoElectricityAsync(context)
        : record.NothingRequestedAsync(context);

    /// <summary>Lays what is true now over what was opened.</summary>
    /// <inheritdoc cref="OpenAsync" path="/returns" />
    public async Task<Result<EventDone>> ChangeAsync(EventContext context) =>
        (EnterpriseRequest.WantsElectricity(context.Input), await CurrentAsync(context)) switch
        {
            (false, var current) => await TakeBackAsync(context, current, StreamState.Open),
            (true, null) => await ApplyAsync(context, current: null),
            (true, { Application.State: ApplicationState.Withdrawn } withdrawn)
                when context.Row.Type != EventTypes.IntentChanged => await record.UnchangedAsync(
                context,
                withdrawn.Application.ApplicationId
            ),
            (true, { Application.State: ApplicationState.Withdrawn }) => await ApplyAsync(context, current: null),
            (true, var open) => await ApplyAsync(context, open),
        };

    /// <summary>Takes everything back.</summary>
    /// <inheritdoc cref="OpenAsync" path="/returns" />
    public async Task<Result<EventDone>> WithdrawAsync(EventContext context) =>
        await TakeBackAsync(context, await CurrentAsync(context), StreamState.Withdrawn);

    /// <summary>Opens what the event asks for, in the place of the open application if there is one.</summary>
    private async Task<Result<EventDone>> ApplyAsync(EventContext context, StoredApplication? current)
    {
        var replaced = current?.Application.ApplicationId;
        var faults = new FaultList();
        if (read.Read(context, faults) is not { } command)
        {
            return await record.NeedsReviewAsync(context, EventFaults.Text(context.Input, faults.ToList()), replaced);
        }

        var differences = current is null
            ? []
            : ApplicationDifference.Between(read.AskedFor(current), new AskedFor(command.AsSent, command.Form));
        if (current is not null && differences.Count == 0)
        {
            return await record.UnchangedAsync(context, replaced!);
        }

        if (!context.ActingOffice(callers.Current).Succeeded(out var office, out var refusal))
        {
            return refusal;
        }

        var applicationId = apply.NewId();
        var result = current is null ? EventResults.Accepted : EventResults.Changed;
        var done = new EventDone(result, StreamState.Open, applicationId);
        var unit = new UnitOfWork();
        if (current is not null)
        {
            if (!(await TakeBackAsync(context, office, current)).Succeeded(out var withdrawal, out refusal))
            {
                return refusal;
            }

            unit.Include(withdrawal);
        }

        unit.Include(record.Begin(context, done, Detail(applicationId, differences)));
        var origin = new ApplicationOrigin(
            applicationId,
            context.Row.HappenedAt,
            unit,
            new AnsweredEventRead(context.Row)
        )
        {
            Replaces = replaced,
        };
        var answer = await apply.HandleAsync(office, command, IdempotencyTicket.None, origin);
        return answer.Succeeded(out _, out refusal) ? done : refusal;
    }

    /// <summary>Takes the application back, if one is open, and the case unless other utilities are still wanted.</summary>
    private async Task<Result<EventDone>> TakeBackAsync(
        EventContext context,
        StoredApplication? current,
        StreamState state
    )
    {
        var done = new EventDone(EventResults.Withdrawn, state, ApplicationId: null);
        var wanted = state == StreamState.Open ? EnterpriseRequest.OtherUtilities(context.Input) : [];
        var applicationId = current?.Application.ApplicationId;
        var unit = new UnitOfWork();
        if (current is { Application.State: ApplicationState.Open })
        {
            if (!context.ActingOffice(callers.Current).Succeeded(out var office, out var refusal))
            {
                return refusal;
            }

            if (!(await TakeBackAsync(context, office, current)).Succeeded(out var withdrawal, out refusal))
            {
                return refusal;
            }

            unit.Include(withdrawal);
        }

        unit.Include(record.Begin(context, done, applicationId));
        record.EndElectricity(unit, context, applicationId, wanted);
        return await record.CommitAsync(unit, done);
    }

    private Task<Result<UnitOfWork>> TakeBackAsync(
        EventContext context,
        CallerContext office,
        StoredApplication current
    ) =>
        change.TakeBackAsync(
            office,
            current.Application.ApplicationId,
            new TakeBack($"企业开办事件 {context.Row.ReceiptId}（{context.Row.Type}）", context.Row.ReceiptId)
        );

    private async Task<StoredApplication?> CurrentAsync(EventContext context) =>
        context.Stream?.ApplicationId is { } applicationId
            ? await applications.FindAsync(applicationId, CancellationToken.None)
            : null;

    private static string Detail(string applicationId, IReadOnlyList<string> differences) =>
        differences.Count == 0 ? applicationId : $"{applicationId} {string.Join(',', differences)}";
}
