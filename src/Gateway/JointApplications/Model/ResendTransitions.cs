using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>Sends one leg again, and lets those go on that waited for the same: a mandate, a title that is free again. Pure.</summary>
internal static class ResendTransitions
{
    /// <summary>The change.</summary>
    /// <param name="joint">The joint application.</param>
    /// <param name="utility">Whose leg is sent again.</param>
    /// <param name="command">What the applicant brings.</param>
    /// <param name="title">The title as it was asked for again; null: it was not.</param>
    /// <param name="now">When.</param>
    /// <returns>404: there is no such leg; 409: it waits for nothing of the applicant's.</returns>
    public static Result<JointChange> Resend(
        JointApplication joint,
        Utility utility,
        ResendCommand command,
        FetchedProof? title,
        DateTimeOffset now
    )
    {
        var told = title is null ? JointChange.None(joint) : LaterProofs.Lay(joint, [title], now);
        var known = Mandated(told.Joint, utility, command, now);
        if (known.Leg(utility) is not { } found)
        {
            return Refusal.NotFound("This leg");
        }

        var leg = joint.AskAgainAt is null ? Vouched(found, command, now) : found;
        if (
            !LegTransitions
                .Resend(leg, command.GapsLeft(leg), command.Papers, now)
                .Succeeded(out var resent, out var refused)
        )
        {
            return refused;
        }

        var after = known.With(
            resent.Work == LegWork.Send ? resent with { Work = TransferLegs.FirstWork(joint.Kind) } : resent
        );
        return told with
        {
            Joint = HeldLegs.GoOn(joint, after, now),
            Facts =
            [
                .. told.Facts,
                .. ReferenceEquals(leg, found)
                    ? []
                    : new[] { new JointFact(JsonNames.From(utility), "title-by-paper") },
                new JointFact(JsonNames.From(utility), resent.Work == LegWork.Hold ? "completed" : "sent-again"),
                .. after.Mandate == joint.Mandate ? [] : new[] { new JointFact("mandate", "recorded") },
            ],
        };
    }

    /// <summary>When the gateway does not ask the registry any more, a paper of the registry stands for its answer.</summary>
    private static Leg Vouched(Leg leg, ResendCommand command, DateTimeOffset now) =>
        TransferLegs.AwaitsTitle(leg)
        && command.Papers.FirstOrDefault(paper => paper.Proof == ServiceFields.PropertyTitle) is { } paper
            ? TransferLegs.Answered(leg, now, paper.Reference)
            : leg;

    private static JointApplication Mandated(
        JointApplication joint,
        Utility utility,
        ResendCommand command,
        DateTimeOffset now
    )
    {
        var paper = command.Papers.FirstOrDefault(paper => paper.Proof == OpenLegs.AgentAuthorisation);
        return
            paper is null
            || joint.Mandate is not null
            || joint.Leg(utility) is not { } leg
            || !HeldLegs.LacksMandate(leg)
            ? joint
            : joint with
            {
                Mandate = new Mandate { Reference = paper.Reference, At = now },
                Legs =
                [
                    .. joint.Legs.Select(other =>
                        HeldLegs.LacksMandate(other)
                            ? other with
                            {
                                Gaps = [.. other.Gaps.Where(gap => gap.Item != OpenLegs.AgentAuthorisation)],
                            }
                            : other
                    ),
                ],
            };
    }
}
