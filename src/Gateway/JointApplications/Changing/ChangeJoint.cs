using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Answering;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Proofs;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.JointApplications.Together;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Changing;

/// <summary>What the caller does with a joint application after it was opened.</summary>
internal sealed class ChangeJoint(JointBook book, JointAnswers answers, AskProofs proofs, TimeProvider time)
{
    /// <summary>A joint application of the caller; null: there is none.</summary>
    public async Task<JointFile?> Find(string jointId, Caller caller, CancellationToken cancellationToken) =>
        await book.Find(jointId, cancellationToken) is { } file
        && (file.CallerId == caller.Id || caller.Kind == CallerKind.Ops)
            ? file
            : null;

    /// <summary>Whether the caller may act on it now, for the first time or again; 404 when it is not the caller's, 403 <c>not-granted</c>.</summary>
    public async Task<Result<GrantedRequest>> Check(CallerContext caller, string jointId) =>
        await Find(jointId, caller.Caller, CancellationToken.None) is { } found
            ? Check(caller, found)
            : Refusal.NotFound("This joint application");

    /// <summary>Takes every leg back that is not connected.</summary>
    public Task<Result<KeptAnswer>> Withdraw(CallerContext caller, string jointId, IdempotencyTicket ticket) =>
        Change(
            caller,
            jointId,
            ticket,
            (file, now) =>
            {
                var legs = new List<Leg>();
                foreach (var leg in file.Legs)
                {
                    legs.Add(LegActs.Withdraw(leg, now).Succeeded(out var withdrawn, out _) ? withdrawn : leg);
                }

                return legs.SequenceEqual(file.Legs) && file.State is JointState.Connected or JointState.Closed
                    ? Refusal.StateConflict("Every leg is connected; close the accounts instead.")
                    : new JointChange(file with { Legs = legs })
                    {
                        Facts = [new JointFact("joint", "withdrawn-by-applicant")],
                    };
            }
        );

    /// <summary>Takes one leg back.</summary>
    public Task<Result<KeptAnswer>> Withdraw(
        CallerContext caller,
        string jointId,
        Utility utility,
        IdempotencyTicket ticket
    ) =>
        ChangeLeg(
            caller,
            jointId,
            utility,
            ticket,
            "withdrawn-by-applicant",
            (_, leg, now) => LegActs.Withdraw(leg, now)
        );

    /// <summary>Fills gaps and sends one leg again.</summary>
    public async Task<Result<KeptAnswer>> Resend(
        CallerContext caller,
        string jointId,
        Utility utility,
        ResendCommand command,
        IdempotencyTicket ticket
    )
    {
        if (
            await Find(jointId, caller.Caller, CancellationToken.None) is not { } found
            || await book.Form(jointId, CancellationToken.None) is not { } asSent
        )
        {
            return Refusal.NotFound("This joint application");
        }

        if (found.CallerId != caller.Caller.Id)
        {
            return Refusal.NotOwner; // before anything is asked in its name
        }

        var asked = await proofs.Title(caller, found, utility, CancellationToken.None);
        if (!asked.Succeeded(out var fresh, out var notGranted))
        {
            return notGranted;
        }

        var completed = command.Complete(asSent, utility);
        return await Change(
            caller,
            jointId,
            ticket,
            (file, now) =>
                ResendActs
                    .Resend(file, utility, command, fresh.Proofs.FirstOrDefault(), now)
                    .Succeeded(out var change, out var refused)
                    ? change with
                    {
                        Drafts = fresh.Drafts,
                        Title = fresh.Title,
                    }
                    : refused,
            file => book.Completed(file, completed)
        );
    }

    /// <summary>Closes one problem of a leg out.</summary>
    public Task<Result<KeptAnswer>> CloseOut(
        CallerContext caller,
        string jointId,
        Utility utility,
        int number,
        string reference,
        IdempotencyTicket ticket
    ) =>
        ChangeLeg(
            caller,
            jointId,
            utility,
            ticket,
            "problem closed",
            (_, leg, now) => LegActs.CloseOut(leg, number, reference, now),
            detail: $"{number}: {reference}"
        );

    /// <summary>Proposes one visit for all.</summary>
    public async Task<Result<KeptAnswer>> Propose(
        CallerContext caller,
        string jointId,
        SurveyCommand slot,
        IdempotencyTicket ticket
    )
    {
        if (await Find(jointId, caller.Caller, CancellationToken.None) is not { } found)
        {
            return Refusal.NotFound("This joint application");
        }

        var others = await book.AtSameSite(found, CancellationToken.None);
        return await Change(
            caller,
            jointId,
            ticket,
            (file, now) =>
                Visits.Propose(file, slot, others, now).Succeeded(out var proposed, out var refused)
                    ? new JointChange(proposed) { Facts = [new JointFact("survey", "proposed")] }
                    : refused,
            file => book.Shared(file, others.Select(other => other.JointId))
        );
    }

    /// <summary>Puts on record what became of a permit.</summary>
    public Task<Result<KeptAnswer>> Report(
        CallerContext caller,
        string jointId,
        PermitCommand permit,
        IdempotencyTicket ticket
    ) =>
        Change(
            caller,
            jointId,
            ticket,
            (file, now) =>
                Permits.Report(file, permit, now).Succeeded(out var reported, out var refused)
                    ? new JointChange(reported)
                    {
                        Facts = [new JointFact("permit", JsonNames.Of(permit.State), JsonNames.Of(permit.Permit))],
                    }
                    : refused
        );

    /// <summary>Operators may look; the owner alone acts, as long as a grant holds.</summary>
    private Result<GrantedRequest> Check(CallerContext caller, JointFile file) =>
        file.CallerId != caller.Caller.Id
            ? Refusal.NotOwner
            : GrantedRequest.Check(
                caller.Callers,
                caller.Caller,
                file.CaseId,
                file.Purpose,
                [new GrantDemand(ServiceFields.JointApplications, file.Purpose, [])],
                time.GetUtcNow()
            );

    private Task<Result<KeptAnswer>> ChangeLeg(
        CallerContext caller,
        string jointId,
        Utility utility,
        IdempotencyTicket ticket,
        string outcome,
        Func<JointFile, Leg, DateTimeOffset, Result<Leg>> act,
        Func<JointFile, Action<GatewayDb>>? alongside = null,
        string? detail = null
    ) =>
        Change(
            caller,
            jointId,
            ticket,
            (file, now) =>
            {
                if (file.Leg(utility) is not { } leg)
                {
                    return Refusal.NotFound("This leg");
                }

                return act(file, leg, now).Succeeded(out var changed, out var refused)
                    ? new JointChange(file.With(changed))
                    {
                        Facts = [new JointFact(JsonNames.Of(utility), outcome, detail)],
                    }
                    : refused;
            },
            alongside
        );

    /// <summary>Grant, ownership, change, answer: the same for every act.</summary>
    public async Task<Result<KeptAnswer>> Change(
        CallerContext caller,
        string jointId,
        IdempotencyTicket ticket,
        Func<JointFile, DateTimeOffset, Result<JointChange>> act,
        Func<JointFile, Action<GatewayDb>>? alongside = null
    )
    {
        var now = StoredTime.Of(time.GetUtcNow());
        if (await Find(jointId, caller.Caller, CancellationToken.None) is not { } found)
        {
            return Refusal.NotFound("This joint application");
        }

        if (!Check(caller, found).Succeeded(out _, out var notGranted))
        {
            return notGranted;
        }

        KeptAnswer? kept = null; // what is kept is what is sent: made anew, the minutes used would differ
        var changed = await book.Change(
            jointId,
            file =>
            {
                kept = null;
                ticket.Renew();
                return act(file, now);
            },
            file =>
            {
                kept = answers.Of(file, StatusCodes.Status200OK);
                return ticket.Keep(kept) + (alongside?.Invoke(file) ?? (static _ => { }));
            }
        );
        return changed.Succeeded(out var after, out var refusal)
            ? kept ?? answers.Of(after, StatusCodes.Status200OK)
            : refusal;
    }
}
