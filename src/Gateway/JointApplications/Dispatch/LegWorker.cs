using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>
/// Does what a leg's work is, one step for each time it is woken.
/// <code>
///  timer ──▶ leg ──▶ table: action ──▶ on record that it begins ──▶ provider ──▶ table: what the leg is now ──▶ on record, next timer
/// </code>
/// Should the gateway die between the two records, it is not known whether the leg arrived, and its provider is asked. The joint application is
/// read once; each record is made of the version that the one before it led to.
/// </summary>
internal sealed class LegWorker(JointApplicationStore store, Providers providers, LegMoves moves, LegCalls calls)
    : ITimerHandler
{
    public string Kind => JointTimers.Leg;

    public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
    {
        if (
            !LegId.TryParse(call.Key, out var legId)
            || await store.FindAsync(legId.JointId, cancellationToken) is not { } joint
            || joint.Leg(legId.Utility) is not { WakeAt: { } wakeAt } leg
        )
        {
            return null; // ended
        }

        if (wakeAt > call.At)
        {
            return wakeAt; // it was moved
        }

        var moved = LegTable.ActionOf(leg.Work, providers.For(legId.Utility)) switch
        {
            LegAction.None => await moves.MoveAsync(
                joint,
                leg,
                static current => current with { WakeAt = null },
                LegFacts.None
            ),
            LegAction.List list => await moves.MoveAsync(
                joint,
                leg,
                current => current with { Work = list.Work, WakeAt = null, HandedOver = true },
                new LegFacts("listed")
            ),
            LegAction.Call called => await calls.CallAsync(called, joint, leg, cancellationToken),
            _ => throw new InvalidOperationException("An action without a step."),
        };
        return moved.NextDue;
    }
}
