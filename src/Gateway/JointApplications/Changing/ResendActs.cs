using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Opening;
using Integration.Gateway.JointApplications.Proofs;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Changing;

/// <summary>Sends one leg again, and lets those go on that waited for the same: a mandate, a title that is free again. Pure.</summary>
internal static class ResendActs
{
    /// <summary>The change.</summary>
    /// <param name="file">The joint application.</param>
    /// <param name="utility">Whose leg is sent again.</param>
    /// <param name="command">What the applicant brings.</param>
    /// <param name="title">The title as it was asked for again; null: it was not.</param>
    /// <param name="now">When.</param>
    /// <returns>404: there is no such leg; 409: it waits for nothing of the applicant's.</returns>
    public static Result<JointChange> Resend(
        JointFile file,
        Utility utility,
        ResendCommand command,
        FetchedProof? title,
        DateTimeOffset now
    )
    {
        var told = title is null ? JointChange.None(file) : LaterProofs.Lay(file, [title], now);
        var known = Mandated(told.File, utility, command, now);
        if (known.Leg(utility) is not { } found)
        {
            return Refusal.NotFound("This leg");
        }

        var leg = file.AskAgainAt is null ? Vouched(found, command, now) : found;
        if (!LegActs.Resend(leg, command.GapsLeft(leg), command.Papers, now).Succeeded(out var resent, out var refused))
        {
            return refused;
        }

        var after = known.With(
            resent.Work == LegWork.Send ? resent with { Work = TransferLegs.FirstWork(file.Kind) } : resent
        );
        return told with
        {
            File = HeldLegs.GoOn(file, after, now),
            Facts =
            [
                .. told.Facts,
                .. ReferenceEquals(leg, found) ? [] : new[] { new JointFact(JsonNames.Of(utility), "title-by-paper") },
                new JointFact(JsonNames.Of(utility), resent.Work == LegWork.Hold ? "completed" : "sent-again"),
                .. after.Mandate == file.Mandate ? [] : new[] { new JointFact("mandate", "recorded") },
            ],
        };
    }

    /// <summary>When nobody asks the registry any more, a paper of the registry stands for its answer.</summary>
    private static Leg Vouched(Leg leg, ResendCommand command, DateTimeOffset now) =>
        TransferLegs.AwaitsTitle(leg)
        && command.Papers.FirstOrDefault(paper => paper.Proof == ServiceFields.PropertyTitle) is { } paper
            ? TransferLegs.Answered(leg, now, paper.Reference)
            : leg;

    private static JointFile Mandated(JointFile file, Utility utility, ResendCommand command, DateTimeOffset now)
    {
        var paper = command.Papers.FirstOrDefault(paper => paper.Proof == OpenLegs.AgentAuthorisation);
        return
            paper is null || file.Mandate is not null || file.Leg(utility) is not { } leg || !HeldLegs.LacksMandate(leg)
            ? file
            : file with
            {
                Mandate = new MandateAnswer { Reference = paper.Reference, At = now },
                Legs =
                [
                    .. file.Legs.Select(other =>
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
