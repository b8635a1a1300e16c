using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Answering;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Changing;

/// <summary>What the caller does with a joint application after it was opened.</summary>
internal sealed class ChangeJoint(JointBook book, JointAnswers answers, TimeProvider time)
{
    /// <summary>A joint application of the caller; null: there is none.</summary>
    public async Task<JointFile?> Find(string jointId, Caller caller, CancellationToken cancellationToken) =>
        await book.Find(jointId, cancellationToken) is { } file
        && (file.CallerId == caller.Id || caller.Kind == CallerKind.Ops)
            ? file
            : null;

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
        if (await book.Form(jointId, CancellationToken.None) is not { } asSent)
        {
            return Refusal.NotFound("This joint application");
        }

        var completed = command.Complete(asSent, utility);
        return await ChangeLeg(
            caller,
            jointId,
            utility,
            ticket,
            "sent-again",
            (_, leg, now) => LegActs.Resend(leg, command.GapsLeft(leg), command.Papers, now),
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

        var demand = new GrantDemand(ServiceFields.JointApplications, found.Purpose, []);
        if (
            !GrantedRequest
                .Check(caller.Callers, caller.Caller, found.CaseId, found.Purpose, [demand], now)
                .Succeeded(out _, out var notGranted)
        )
        {
            return notGranted;
        }

        var changed = await book.Change(
            jointId,
            file => act(file, now),
            file =>
                ticket.Keep(answers.Of(file, StatusCodes.Status200OK)) + (alongside?.Invoke(file) ?? (static _ => { }))
        );
        return changed.Succeeded(out var after, out var refusal) ? answers.Of(after, StatusCodes.Status200OK) : refusal;
    }
}
