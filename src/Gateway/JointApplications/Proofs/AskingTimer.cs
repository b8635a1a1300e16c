using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.JointApplications.Working;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;

namespace Integration.Gateway.JointApplications.Proofs;

/// <summary>
/// Wakes a joint application by itself and asks again for the proofs that nobody answered, as often as the policy says.
/// <code>
///  timer ──▶ open proofs ──▶ grant still there? ──▶ ask ──▶ lay the answers over the legs ──▶ one commit: evidence, legs, next timer
///                                                                                └──▶ the last time: what holds a leg becomes a gap
/// </code>
/// It ends when nothing is open or every leg is over. Answers that come in vain are on record all the same.
/// </summary>
internal sealed class AskingTimer(JointBook book, AskProofs proofs, PolicyBook policies, TimeProvider time)
    : ITimerHandler
{
    public const string TimerKind = "joint-proofs";

    /// <summary>A timer may fire this much early: what it came for is done all the same.</summary>
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(2);

    public string Kind => TimerKind;

    public async Task Handle(string key, CancellationToken cancellationToken)
    {
        if (
            await book.Find(key, cancellationToken) is not { AskAgainAt: { } due } file
            || due > time.GetUtcNow() + s_early
        )
        {
            return; // nothing is open any more, or it was moved
        }

        var isAsked = (await proofs.Open(file, cancellationToken)).Succeeded(out var answers, out var refused);
        var recheck = policies.Version(file.PolicyVersion).Recheck;
        var changed = await book.Change(
            key,
            current =>
            {
                var now = StoredTime.Of(time.GetUtcNow());
                var change = isAsked
                    ? Asking.Answered(current, answers!.Proofs, now)
                    : Asking.NotAsked(current, refused!.Code);
                // Somebody who ran beside this one has planned the next time already.
                var planned = current.AskAgainAt == due ? Asking.Planned(change, recheck, now) : change;
                return planned with { Drafts = answers?.Drafts ?? [], Title = answers?.Title };
            }
        );
        if (!changed.Succeeded(out _, out var refusal))
        {
            throw new LegNotMovedException(refusal.Code);
        }
    }
}
