using Integration.Adapters.Ports;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>Puts on record how a step moved a leg.</summary>
internal sealed class LegMoves(JointApplicationStore store, TimeProvider time)
{
    /// <summary>Moves one leg, unless another request moved it first.</summary>
    /// <param name="joint">The version in hand.</param>
    /// <param name="before">The leg as the step found it.</param>
    /// <param name="move">What the leg is then.</param>
    /// <param name="facts">What goes on record.</param>
    public Task<LegMove> MoveAsync(JointApplication joint, Leg before, Func<Leg, Leg> move, LegFacts facts) =>
        MoveAsync(
            joint,
            before,
            move,
            facts,
            current => current.Work == before.Work && current.Sending == before.Sending
        );

    /// <summary>Puts on record what came of a step, although another request may have moved the leg meanwhile.</summary>
    /// <param name="joint">The version in hand.</param>
    /// <param name="before">The leg as the step found it.</param>
    /// <param name="answer">What the provider answered.</param>
    /// <param name="result">What that means.</param>
    /// <param name="habits">How the provider works.</param>
    /// <param name="grants">The grants under which something was handed over; null: nothing was.</param>
    public Task<LegMove> ConcludeAsync<T>(
        JointApplication joint,
        Leg before,
        AgencyAnswer<T> answer,
        StepResult result,
        UtilityHabits habits,
        string? grants = null
    )
        where T : class
    {
        JointTelemetry.CountStep(before.Utility, JsonNames.From(before.Work), JsonNames.OfType(result.GetType().Name));
        return MoveAsync(
            joint,
            before,
            current => LegConclusion.Apply(before, current, result, habits, time.GetUtcNow()),
            LegFacts.From(before, answer, result) with
            {
                Grants = grants,
            },
            static _ => true
        );
    }

    private async Task<LegMove> MoveAsync(
        JointApplication joint,
        Leg before,
        Func<Leg, Leg> move,
        LegFacts facts,
        Func<Leg, bool> isStillThat
    )
    {
        var utility = before.Utility;
        var isMoved = false;
        var changed = await store.ChangeAsync(
            joint,
            present =>
            {
                var current = present.Leg(utility)!;
                isMoved = isStillThat(current);
                if (!isMoved)
                {
                    return JointChange.None(present);
                }

                var after = move(current);
                return new JointChange(present.With(after)) { Facts = facts.On(utility, current, after) };
            }
        );
        return changed.Succeeded(out var moved, out var refusal)
            ? new LegMove(isMoved, moved, moved.Leg(utility)?.WakeAt)
            : throw new LegNotMovedException(refusal.Code);
    }
}

/// <summary>How a step moved a leg.</summary>
/// <param name="IsDone">False: another request moved the leg first.</param>
/// <param name="Joint">The version in force.</param>
/// <param name="NextDue">When the leg is woken next; null: it is not.</param>
internal readonly record struct LegMove(bool IsDone, JointApplication Joint, DateTimeOffset? NextDue);

/// <summary>A step could not be put on record; the timer tries it again.</summary>
internal sealed class LegNotMovedException(string code) : Exception($"A leg could not be moved: {code}.");
