using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// The accounts of a property go over with it, through flow 3 and under the grants of the source's office.
/// <code>
///  transferred ──(1)──▶ form ──(2)──▶ office ──(3)──▶ flow 3 ──▶ one commit: joint application, legs, timers, case, event,
///                                                        │      stream, notice, evidence, end of the former buyer's legs
///                                                        └─(4)─▶ open already: on record
/// </code>
/// </summary>
internal sealed class OpenTransfer(
    OpenHandler open,
    JointApplicationStore joints,
    EventResultWriter record,
    PolicyBook policies,
    CaseStore cases,
    CallerDirectory callers,
    TimeProvider time
)
{
    /// <summary>Opens the joint application.</summary>
    /// <returns>What came of it; <see cref="Refusal.ConcurrencyConflict"/>: another node did it; any other refusal: try again later.</returns>
    public async Task<Result<EventDone>> HandleAsync(EventContext context)
    {
        if (context.Input.Data?.Transfer is null)
        {
            return await NothingRequestedAsync(context); // no more than its receipt is kept
        }

        // 1 form
        var faults = new FaultList();
        if (Read(context, faults) is not { } command)
        {
            return EventProblems.Invalid(faults.ToList()); // the edition in force does not know transfers any more
        }

        // 2 office
        if (!context.ActingOffice(callers.Current).Succeeded(out var office, out var refusal))
        {
            return refusal;
        }

        // 3 flow 3
        var jointId = open.NewId();
        var done = new EventDone(EventResults.Accepted, StreamState.Open, jointId);
        var origin = new JointOrigin(
            jointId,
            context.Row.ReceiptId,
            context.Row.Type,
            () => BeginAsync(context, done, jointId)
        );
        return await open.OpenAsync(office, command, IdempotencyTicket.None, origin) switch
        {
            OpeningResult.Opened => done,
            // 4 open already
            OpeningResult.AlreadyOpen { JointId: var openId } => await AlreadyOpenAsync(context, openId),
            OpeningResult.Refused refused => refused.Refusal,
            _ => throw new InvalidOperationException("An opening comes to one of three."),
        };
    }

    private OpenCommand? Read(EventContext context, FaultList faults)
    {
        var now = time.GetUtcNow();
        var policy = policies.InForce(now);
        var request = TransferRequest.Form(context.Input.Data!.Transfer!, context.Row.CaseId);
        return new JointFormReader(request, policy, now, faults).Read(wait: null) is { } form
            ? new OpenCommand(form, policy, request)
            : null;
    }

    /// <summary>The one that stands; another caller's is named neither to the office nor to the source.</summary>
    private Task<Result<EventDone>> AlreadyOpenAsync(EventContext context, string? openId) =>
        WithoutOpeningAsync(context, new EventDone(EventResults.AlreadyOpen, StreamState.Open, openId));

    private Task<Result<EventDone>> NothingRequestedAsync(EventContext context) =>
        WithoutOpeningAsync(
            context,
            new EventDone(EventResults.NothingRequested, StreamState.Open, ApplicationId: null)
        );

    private async Task<Result<EventDone>> WithoutOpeningAsync(EventContext context, EventDone done)
    {
        var unit = await BeginAsync(context, done, done.ApplicationId);
        JointCase.EndWithout(unit, cases, context.CaseOwner, context.Row.CaseId, time.GetUtcNow());
        return await record.CommitAsync(unit, done);
    }

    /// <summary>The event's own part, and the end of what the former buyer has open.</summary>
    private async Task<UnitOfWork> BeginAsync(EventContext context, EventDone done, string? jointId)
    {
        var unit = record.BeginTransfer(context, done, jointId);
        if (
            context.Stream?.ApplicationId is { } formerId
            && formerId != jointId
            && await joints.FindAsync(formerId, CancellationToken.None) is { } former
            && former.CallerId == context.CaseOwner
        )
        {
            var change = LaterSale.Stop(former, context.Row.ReceiptId, StoredTime.From(time.GetUtcNow()));
            if (!ReferenceEquals(change.Joint, former))
            {
                await joints.FollowAsync(unit, former, change);
            }
        }

        return unit;
    }
}
