using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.JointApplications.Proofs;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;

namespace Integration.Gateway.JointApplications.Deadlines;

/// <summary>
/// Wakes a joint application by itself and asks again for the proofs that no source answered, as often as the policy says.
/// <code>
///  timer ──▶ open proofs ──▶ grant still there? ──▶ ask ──▶ lay the answers over the legs ──▶ one commit: evidence, legs, next timer
///                                                                                └──▶ the last time: what holds a leg becomes a gap
/// </code>
/// It ends when nothing is open or every leg is over. Answers that come in vain are on record all the same.
/// </summary>
internal sealed class ProofRecheckTimer(
    JointApplicationStore store,
    ProofQueries proofs,
    PolicyBook policies,
    TimeProvider time
) : ITimerHandler
{
    public string Kind => JointTimers.ProofRecheck;

    public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(call.Key, cancellationToken) is not { AskAgainAt: { } due } joint)
        {
            return null; // nothing is open any more
        }

        if (due > call.At)
        {
            return due; // it was moved
        }

        var isAsked = (await proofs.OpenAsync(joint)).Succeeded(out var answers, out var refused);
        var recheck = policies.Version(joint.PolicyVersion).Recheck;
        var changed = await store.ChangeAsync(
            joint,
            current =>
            {
                var now = StoredTime.From(time.GetUtcNow());
                var change = isAsked
                    ? ProofRecheck.Answered(current, answers!.Proofs, now)
                    : ProofRecheck.NotAsked(current, refused!.Code);
                // Another run beside this one has planned the next time already.
                var planned = current.AskAgainAt == due ? ProofRecheck.Planned(change, recheck, now) : change;
                return planned with { Drafts = answers?.Drafts ?? [], Title = answers?.Title };
            }
        );
        return changed.Succeeded(out var after, out var refusal)
            ? after.AskAgainAt
            : throw new LegNotMovedException(refusal.Code);
    }
}
