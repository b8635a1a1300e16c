using System.Security.Cryptography;
using Integration.Adapters.Ports;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>The steps in which a provider is called: what is asked, and what goes on record before and after.</summary>
internal sealed class LegCalls(LegMoves moves, LegHandover handover, StatusPoller statuses, TimeProvider time)
{
    /// <summary>Makes one step.</summary>
    /// <param name="call">The step, and who is called.</param>
    /// <param name="joint">The version in hand.</param>
    /// <param name="leg">The leg in it.</param>
    /// <param name="cancellationToken">Ends the call; its answer is asked for then.</param>
    public Task<LegMove> CallAsync(
        LegAction.Call call,
        JointApplication joint,
        Leg leg,
        CancellationToken cancellationToken
    )
    {
        var provider = call.Provider;
        return call.Step switch
        {
            LegStep.PreCheck => PreCheckAsync(provider, joint, leg, cancellationToken),
            LegStep.Offer => OfferAsync(provider, joint, leg, cancellationToken),
            LegStep.Send => SendAsync(provider, joint, leg, cancellationToken),
            LegStep.Find => FindAsync(provider, joint, leg, cancellationToken),
            LegStep.Withdraw => WithdrawAsync(provider, joint, leg, cancellationToken),
            LegStep.Poll => PollAsync(provider, joint, leg, cancellationToken),
            _ => throw new InvalidOperationException("A step without a call."),
        };
    }

    /// <summary>Hands a leg in, if its receiver may have it now.</summary>
    private async Task<LegMove> SendAsync(
        ICalledProvider provider,
        JointApplication joint,
        Leg leg,
        CancellationToken cancellationToken
    )
    {
        if (!handover.OrderOf(joint, leg).Succeeded(out var handed, out _))
        {
            return await HoldAsync(joint, leg);
        }

        var begun = await moves.MoveAsync(
            joint,
            leg,
            current => LegTable.Begun(current, LegStep.Send, time.GetUtcNow()) with { Handed = handed.Proofs },
            new LegFacts("sending", handed.Names) { Grants = handed.Grants }
        );
        if (!begun.IsDone)
        {
            return begun;
        }

        var answer = await provider.SendAsync(handed.Order, Request(joint), cancellationToken);
        return await moves.ConcludeAsync(begun.Joint, leg, answer, StepResult.From(answer), provider.Habits);
    }

    /// <summary>Asks whether an account may go over; only a receiver that may know account and former holder can be asked.</summary>
    private async Task<LegMove> PreCheckAsync(
        ICalledProvider provider,
        JointApplication joint,
        Leg leg,
        CancellationToken cancellationToken
    )
    {
        if (
            !handover.OrderOf(joint, leg).Succeeded(out var handed, out _)
            || handed.Order.Fields.GetValueOrDefault("account") is not { } account
            || handed.Order.Fields.GetValueOrDefault("former.holder") is not { } holder
        )
        {
            return await HoldAsync(joint, leg);
        }

        var question = new TransferQuestion(account, holder);
        var answer = await provider.PreCheckAsync(question, Request(joint), cancellationToken);
        return await moves.ConcludeAsync(joint, leg, answer, StepResult.From(answer), provider.Habits, handed.Grants);
    }

    /// <summary>Proposes the visit; saying it again is harmless, because the provider knows it by leg and time.</summary>
    private async Task<LegMove> OfferAsync(
        ICalledProvider provider,
        JointApplication joint,
        Leg leg,
        CancellationToken cancellationToken
    )
    {
        if (joint.Visit is not { } visit || visit.From <= time.GetUtcNow())
        {
            var nextLook = LegTable.NextLook(provider.Habits, time.GetUtcNow());
            return await moves.MoveAsync(
                joint,
                leg,
                current => current with { Work = LegWork.Watch, WakeAt = nextLook },
                LegFacts.None
            );
        }

        var slot = new VisitSlot(visit.From, visit.Until);
        var answer = await provider.OfferVisitAsync(leg.Key, slot, Request(joint), cancellationToken);
        return await moves.ConcludeAsync(joint, leg, answer, StepResult.From(answer), provider.Habits);
    }

    private async Task<LegMove> FindAsync(
        ICalledProvider provider,
        JointApplication joint,
        Leg leg,
        CancellationToken cancellationToken
    )
    {
        var answer = await provider.FindAsync(leg.Key, Request(joint), cancellationToken);
        return await moves.ConcludeAsync(joint, leg, answer, StepResult.From(answer), provider.Habits);
    }

    private async Task<LegMove> WithdrawAsync(
        ICalledProvider provider,
        JointApplication joint,
        Leg leg,
        CancellationToken cancellationToken
    )
    {
        var begun = await moves.MoveAsync(
            joint,
            leg,
            current => LegTable.Begun(current, LegStep.Withdraw, time.GetUtcNow()),
            new LegFacts("withdrawing")
        );
        if (!begun.IsDone)
        {
            return begun;
        }

        var answer = await provider.WithdrawAsync(leg.Key, Request(joint), cancellationToken);
        return await moves.ConcludeAsync(begun.Joint, leg, answer, StepResult.From(answer), provider.Habits);
    }

    /// <summary>Statuses that were found are received like any other; a silent provider is asked later.</summary>
    private async Task<LegMove> PollAsync(
        ICalledProvider provider,
        JointApplication joint,
        Leg leg,
        CancellationToken cancellationToken
    )
    {
        var answer = await provider.GetStatusesAsync(leg.Key, Request(joint), cancellationToken);
        JointTelemetry.CountStep(leg.Utility, JsonNames.From(leg.Work), JsonNames.OfType(answer.GetType().Name));
        return answer is AgencyAnswer<IReadOnlyList<ProviderStatus>>.Found found
            ? await moves.MoveAsync(
                await statuses.ReceiveAsync(joint, leg.LegId, found.Facts),
                leg,
                current => current with { Silences = 0, WakeAt = LegTable.NextLook(provider.Habits, time.GetUtcNow()) },
                LegFacts.None
            )
            : await moves.MoveAsync(joint, leg, current => LegTable.Later(current, time.GetUtcNow()), LegFacts.None);
    }

    private Task<LegMove> HoldAsync(JointApplication joint, Leg leg) =>
        moves.MoveAsync(joint, leg, LegHandover.Held, new LegFacts("held", LegProblems.ReceiverNotGranted));

    private AgencyRequest Request(JointApplication joint) =>
        new(
            joint.CaseId,
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            joint.CallerId,
            joint.Purpose,
            time.GetUtcNow() + LegTable.StepPatience,
            CallPriority.Batch
        );
}
