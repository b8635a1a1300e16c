using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.JointApplications.Proofs;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications;

/// <summary>What the caller does with a joint application after it was opened.</summary>
internal sealed class JointApplicationHandlers(
    JointApplicationStore store,
    JointApplicationResponses responses,
    ProofQueries proofs,
    TimeProvider time
)
{
    /// <summary>A joint application of the caller; null: there is none.</summary>
    public async Task<JointApplication?> FindAsync(
        string jointId,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        await store.FindAsync(jointId, cancellationToken) is { } joint
        && (joint.CallerId == caller.Id || caller.Kind == CallerKind.Ops)
            ? joint
            : null;

    /// <summary>Whether the caller may act on it now, for the first time or again; 404 when it is not the caller's, 403 <c>not-granted</c>.</summary>
    public async Task<Result<OwnedJoint>> CheckAsync(CallerContext caller, string jointId) =>
        await FindAsync(jointId, caller.Caller, CancellationToken.None) is not { } found
            ? Refusal.NotFound("This joint application")
        : Check(caller, found).Succeeded(out var granted, out var refusal) ? new OwnedJoint(found, granted)
        : refusal;

    /// <summary>Takes every leg back that is not connected.</summary>
    public Task<Result<StoredResponse>> WithdrawAsync(OwnedJoint owned, IdempotencyTicket ticket) =>
        ChangeAsync(
            owned,
            ticket,
            (joint, now) =>
            {
                var legs = new List<Leg>();
                foreach (var leg in joint.Legs)
                {
                    legs.Add(LegTransitions.Withdraw(leg, now).Succeeded(out var withdrawn, out _) ? withdrawn : leg);
                }

                return legs.SequenceEqual(joint.Legs) && joint.State is JointState.Connected or JointState.Closed
                    ? Refusal.StateConflict("Every leg is connected; close the accounts instead.")
                    : new JointChange(joint with { Legs = legs })
                    {
                        Facts = [new JointFact("joint", "withdrawn-by-applicant")],
                    };
            }
        );

    /// <summary>Takes one leg back.</summary>
    public Task<Result<StoredResponse>> WithdrawAsync(OwnedJoint owned, Utility utility, IdempotencyTicket ticket) =>
        ChangeLegAsync(
            owned,
            utility,
            ticket,
            "withdrawn-by-applicant",
            (leg, now) => LegTransitions.Withdraw(leg, now)
        );

    /// <summary>Fills gaps and sends one leg again.</summary>
    public async Task<Result<StoredResponse>> ResendAsync(
        CallerContext caller,
        OwnedJoint owned,
        Utility utility,
        ResendCommand command,
        IdempotencyTicket ticket
    )
    {
        var asked = await proofs.TitleAsync(caller, owned.Joint, utility);
        if (!asked.Succeeded(out var fresh, out var notGranted))
        {
            return notGranted;
        }

        return await ChangeAsync(
            owned,
            ticket,
            (joint, now) =>
                ResendTransitions
                    .Resend(joint, utility, command, fresh.Proofs.FirstOrDefault(), now)
                    .Succeeded(out var change, out var refused)
                    ? change with
                    {
                        Joint = store.WithForm(change.Joint, command.Complete(store.FormOf(joint), utility)),
                        Drafts = fresh.Drafts,
                        Title = fresh.Title,
                    }
                    : refused
        );
    }

    /// <summary>Closes one problem of a leg out.</summary>
    public Task<Result<StoredResponse>> CloseOutAsync(
        OwnedJoint owned,
        Utility utility,
        int number,
        string reference,
        IdempotencyTicket ticket
    ) =>
        ChangeLegAsync(
            owned,
            utility,
            ticket,
            "problem closed",
            (leg, now) => LegTransitions.CloseOut(leg, number, reference, now),
            detail: $"{number}: {reference}"
        );

    /// <summary>Proposes one visit for all.</summary>
    public async Task<Result<StoredResponse>> ProposeAsync(
        OwnedJoint owned,
        SurveyCommand slot,
        IdempotencyTicket ticket
    )
    {
        var others = await store.AtSameSiteAsync(owned.Joint, CancellationToken.None);
        return await ChangeAsync(
            owned,
            ticket,
            (joint, now) =>
                SiteVisit.Propose(joint, slot, others, now).Succeeded(out var proposed, out var refused)
                    ? new JointChange(proposed) { Facts = [new JointFact("survey", "proposed")] }
                    : refused,
            (unit, joint) => store.Share(unit, joint, others.Select(other => other.JointId))
        );
    }

    /// <summary>Puts on record what became of a permit.</summary>
    public Task<Result<StoredResponse>> ReportAsync(OwnedJoint owned, PermitCommand permit, IdempotencyTicket ticket) =>
        ChangeAsync(
            owned,
            ticket,
            (joint, now) =>
                Permits.Report(joint, permit, now).Succeeded(out var reported, out var refused)
                    ? new JointChange(reported)
                    {
                        Facts = [new JointFact("permit", JsonNames.From(permit.State), JsonNames.From(permit.Permit))],
                    }
                    : refused
        );

    /// <summary>Operators may look; the owner alone acts, as long as a grant holds.</summary>
    private Result<GrantedRequest> Check(CallerContext caller, JointApplication joint) =>
        joint.CallerId != caller.Caller.Id
            ? Refusal.NotOwner
            : GrantedRequest.Check(
                caller.Callers,
                caller.Caller,
                joint.CaseId,
                joint.Purpose,
                [new GrantDemand(ServiceFields.JointApplications, joint.Purpose, [])],
                time.GetUtcNow()
            );

    private Task<Result<StoredResponse>> ChangeLegAsync(
        OwnedJoint owned,
        Utility utility,
        IdempotencyTicket ticket,
        string outcome,
        Func<Leg, DateTimeOffset, Result<Leg>> act,
        string? detail = null
    ) =>
        ChangeAsync(
            owned,
            ticket,
            (joint, now) =>
            {
                if (joint.Leg(utility) is not { } leg)
                {
                    return Refusal.NotFound("This leg");
                }

                return act(leg, now).Succeeded(out var changed, out var refused)
                    ? new JointChange(joint.With(changed))
                    {
                        Facts = [new JointFact(JsonNames.From(utility), outcome, detail)],
                    }
                    : refused;
            }
        );

    /// <summary>Change and response: the same for every act.</summary>
    private async Task<Result<StoredResponse>> ChangeAsync(
        OwnedJoint owned,
        IdempotencyTicket ticket,
        Func<JointApplication, DateTimeOffset, Result<JointChange>> act,
        Action<UnitOfWork, JointApplication>? alongside = null
    )
    {
        var now = StoredTime.From(time.GetUtcNow());
        StoredResponse? stored = null; // what is stored is what is sent: made anew, the minutes used would differ
        var changed = await store.ChangeAsync(
            owned.Joint,
            joint =>
            {
                stored = null;
                ticket.Renew();
                return act(joint, now);
            },
            (unit, after) =>
            {
                stored = responses.From(after, StatusCodes.Status200OK);
                unit.Store(ticket, stored);
                alongside?.Invoke(unit, after);
            }
        );
        return changed.Succeeded(out var after, out var refusal)
            ? stored ?? responses.From(after, StatusCodes.Status200OK)
            : refusal;
    }
}
