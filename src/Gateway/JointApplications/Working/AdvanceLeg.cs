using Integration.Adapters.Ports;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Statuses;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.JointApplications.Working;

/// <summary>
/// Does what a leg's work is, one step for each time it is woken.
/// <code>
///  timer ──▶ leg ──▶ table: action ──▶ on record that it begins ──▶ provider ──▶ table: what the leg is now ──▶ on record, next timer
/// </code>
/// Should the gateway die between the two records, the leg is one of which nobody knows whether it arrived, and is asked for.
/// </summary>
internal sealed class AdvanceLeg(
    JointBook book,
    Providers providers,
    LegHandover handover,
    FoundStatuses statuses,
    TimeProvider time
) : ITimerHandler
{
    public const string TimerKind = "leg";

    /// <summary>
    /// A timer may fire this much early: what it came for is done all the same, because it ends when this returns without moving it.
    /// </summary>
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(2);

    public string Kind => TimerKind;

    public async Task Handle(string key, CancellationToken cancellationToken)
    {
        if (
            LegIds.Parse(key) is not var (jointId, utility)
            || await book.Find(jointId, cancellationToken) is not { } file
            || file.Leg(utility) is not { WakeAt: { } wakeAt } leg
            || wakeAt > time.GetUtcNow() + s_early
        )
        {
            return; // ended, or woken for a time that was moved
        }

        var provider = providers.Of(utility);
        switch (LegTable.ActionOf(leg.Work, provider.Habits))
        {
            case LegAction.None:
                await Move(leg, current => current with { WakeAt = null }, LegFacts.None);
                break;
            case LegAction.List:
                await Listed(leg, LegWork.Listed);
                break;
            case LegAction.ListVisit:
                await Listed(leg, LegWork.ListedVisit);
                break;
            case LegAction.ListWithdrawal:
                await Listed(leg, LegWork.ListedWithdrawal);
                break;
            case LegAction.PreCheck:
                await PreCheck((ICalledProvider)provider, file, leg, cancellationToken);
                break;
            case LegAction.Offer:
                await Offer((ICalledProvider)provider, file, leg, cancellationToken);
                break;
            case LegAction.Send:
                await Send((ICalledProvider)provider, file, leg, cancellationToken);
                break;
            case LegAction.Find:
                await Step((ICalledProvider)provider, leg, LegAction.Find, cancellationToken);
                break;
            case LegAction.Withdraw:
                await Step((ICalledProvider)provider, leg, LegAction.Withdraw, cancellationToken);
                break;
            case LegAction.Poll:
                await Poll((ICalledProvider)provider, file, leg, cancellationToken);
                break;
            default:
                throw new InvalidOperationException("An action without a step.");
        }
    }

    private Task Listed(Leg leg, LegWork work) =>
        Move(leg, current => current with { Work = work, WakeAt = null, HandedOver = true }, new LegFacts("listed"));

    /// <summary>Hands a leg in, if its receiver may have it now.</summary>
    private async Task Send(ICalledProvider provider, JointFile file, Leg leg, CancellationToken cancellationToken)
    {
        if (!(await handover.OrderOf(file, leg, cancellationToken)).Succeeded(out var handed, out _))
        {
            await Move(leg, LegHandover.Held, new LegFacts("held", "receiver-not-granted"));
            return;
        }

        var begun = await Move(
            leg,
            current => LegTable.Begun(current, LegAction.Send, time.GetUtcNow()) with { Handed = handed.Proofs },
            new LegFacts("sending", handed.Names) { Grants = handed.Grants }
        );
        if (begun)
        {
            await Conclude(leg, provider, await provider.Send(handed.Order, Request(file), cancellationToken));
        }
    }

    /// <summary>Asks whether an account may go over; only a receiver that may know account and former holder can be asked.</summary>
    private async Task PreCheck(ICalledProvider provider, JointFile file, Leg leg, CancellationToken cancellationToken)
    {
        if (
            !(await handover.OrderOf(file, leg, cancellationToken)).Succeeded(out var handed, out _)
            || handed.Order.Fields.GetValueOrDefault("account") is not { } account
            || handed.Order.Fields.GetValueOrDefault("former.holder") is not { } holder
        )
        {
            await Move(leg, LegHandover.Held, new LegFacts("held", "receiver-not-granted"));
            return;
        }

        var question = new TransferQuestion(account, holder);
        var answer = await provider.PreCheck(question, Request(file), cancellationToken);
        await Conclude(leg, provider, answer, StepResult.Of(answer), handed.Grants);
    }

    /// <summary>Proposes the visit; saying it again is harmless, because the provider knows it by leg and time.</summary>
    private async Task Offer(ICalledProvider provider, JointFile file, Leg leg, CancellationToken cancellationToken)
    {
        if (file.Visit is not { } visit || visit.From <= time.GetUtcNow())
        {
            var nextLook = LegTable.NextLook(provider.Habits, time.GetUtcNow());
            await Move(leg, current => current with { Work = LegWork.Watch, WakeAt = nextLook }, LegFacts.None);
            return;
        }

        var slot = new VisitSlot(visit.From, visit.Until);
        var answer = await provider.Offer(leg.Key, slot, Request(file), cancellationToken);
        await Conclude(leg, provider, answer, StepResult.Of(answer));
    }

    private async Task Step(ICalledProvider provider, Leg leg, LegAction action, CancellationToken cancellationToken)
    {
        if (await book.Find(LegIds.Parse(leg.LegId)!.Value.JointId, cancellationToken) is not { } file)
        {
            return;
        }

        if (action == LegAction.Find)
        {
            await Conclude(leg, provider, await provider.Find(leg.Key, Request(file), cancellationToken));
        }
        else if (
            await Move(
                leg,
                current => LegTable.Begun(current, LegAction.Withdraw, time.GetUtcNow()),
                new LegFacts("withdrawing")
            )
        )
        {
            await Conclude(leg, provider, await provider.Withdraw(leg.Key, Request(file), cancellationToken));
        }
    }

    /// <summary>Statuses that were found are received like any other; a silent provider is asked later.</summary>
    private async Task Poll(ICalledProvider provider, JointFile file, Leg leg, CancellationToken cancellationToken)
    {
        var answer = await provider.Statuses(leg.Key, Request(file), cancellationToken);
        JointTelemetry.CountStep(leg.Utility, JsonNames.Of(leg.Work), JsonNames.OfType(answer.GetType().Name));
        if (answer is AgencyAnswer<IReadOnlyList<ProviderStatus>>.Found found)
        {
            await statuses.Receive(leg, found.Facts);
            await Move(
                leg,
                current => current with { Silences = 0, WakeAt = LegTable.NextLook(provider.Habits, time.GetUtcNow()) },
                LegFacts.None
            );
        }
        else
        {
            await Move(leg, current => LegTable.Later(current, time.GetUtcNow()), LegFacts.None);
        }
    }

    /// <summary>Puts on record what came of a step.</summary>
    private Task Conclude(Leg before, ICalledProvider provider, AgencyAnswer<LegReceipt> answer) =>
        Conclude(before, provider, answer, StepResult.Of(answer));

    private Task Conclude<T>(
        Leg before,
        ICalledProvider provider,
        AgencyAnswer<T> answer,
        StepResult result,
        string? grants = null
    )
        where T : class
    {
        JointTelemetry.CountStep(before.Utility, JsonNames.Of(before.Work), JsonNames.OfType(result.GetType().Name));
        return Move(
            before,
            current => LegConclusion.Of(before, current, result, provider.Habits, time.GetUtcNow()),
            LegFacts.Of(before, answer, result) with
            {
                Grants = grants,
            },
            requiresSameWork: false
        );
    }

    /// <summary>Moves one leg.</summary>
    /// <returns>False: somebody moved it first, and nothing was done.</returns>
    private async Task<bool> Move(Leg before, Func<Leg, Leg> move, LegFacts facts, bool requiresSameWork = true)
    {
        var (jointId, utility) = LegIds.Parse(before.LegId)!.Value;
        var isMoved = false;
        var changed = await book.Change(
            jointId,
            file =>
            {
                var current = file.Leg(utility)!;
                isMoved = !requiresSameWork || (current.Work == before.Work && current.Sending == before.Sending);
                if (!isMoved)
                {
                    return JointChange.None(file);
                }

                var after = NextTime(current, move(current));
                return new JointChange(file.With(after)) { Facts = facts.On(utility, current, after) };
            }
        );
        return changed.Succeeded(out _, out var refusal) ? isMoved : throw new LegNotMovedException(refusal.Code);
    }

    /// <summary>A timer that was not moved ends with its handler: the next step is never at the very moment of this one.</summary>
    private static Leg NextTime(Leg before, Leg after) =>
        after.Work != before.Work && after.WakeAt is { } at && at == before.WakeAt
            ? after with
            {
                WakeAt = at.AddMilliseconds(1),
            }
            : after;

    private AgencyRequest Request(JointFile file) =>
        new(
            file.CaseId,
            Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)),
            file.CallerId,
            file.Purpose,
            time.GetUtcNow() + LegTable.StepPatience,
            CallPriority.Batch
        );
}

/// <summary>A step could not be put on record; the timer tries it again.</summary>
internal sealed class LegNotMovedException(string code) : Exception($"A leg could not be moved: {code}.");
