using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Opening;
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
        var known = Mandated(title is null ? file : Verified(file, title, now), utility, command, now);
        if (known.Leg(utility) is not { } leg)
        {
            return Refusal.NotFound("This leg");
        }

        if (!LegActs.Resend(leg, command.GapsLeft(leg), command.Papers, now).Succeeded(out var resent, out var refused))
        {
            return refused;
        }

        var after = known.With(
            resent.Work == LegWork.Send ? resent with { Work = TransferLegs.FirstWork(file.Kind) } : resent
        );
        return new JointChange(after with { Legs = [.. after.Legs.Select(other => GoingOn(file, other, now))] })
        {
            Facts =
            [
                new JointFact(JsonNames.Of(utility), resent.Work == LegWork.Hold ? "completed" : "sent-again"),
                .. after.Mandate == file.Mandate ? [] : new[] { new JointFact("mandate", "recorded") },
            ],
        };
    }

    /// <summary>Only a source that says so ends a seizure, and only for the holder of the title.</summary>
    private static JointFile Verified(JointFile file, FetchedProof title, DateTimeOffset now)
    {
        var isFree = title is { IsSeized: false, Outcome: CheckOutcome.Match };
        return file with
        {
            Proofs = [.. file.Proofs.Where(proof => proof.Check != title.Check).Append(title)],
            Legs = isFree ? [.. file.Legs.Select(leg => TransferLegs.Freed(leg, now))] : file.Legs,
        };
    }

    private static JointFile Mandated(JointFile file, Utility utility, ResendCommand command, DateTimeOffset now)
    {
        var paper = command.Papers.FirstOrDefault(paper => paper.Proof == OpenLegs.AgentAuthorisation);
        return paper is null || file.Mandate is not null || file.Leg(utility) is not { } leg || !Lacks(leg)
            ? file
            : file with
            {
                Mandate = new MandateAnswer { Reference = paper.Reference, At = now },
                Legs =
                [
                    .. file.Legs.Select(other =>
                        Lacks(other)
                            ? other with
                            {
                                Gaps = [.. other.Gaps.Where(gap => gap.Item != OpenLegs.AgentAuthorisation)],
                            }
                            : other
                    ),
                ],
            };
    }

    private static bool Lacks(Leg leg) => leg.Gaps.Any(gap => gap.Item == OpenLegs.AgentAuthorisation);

    /// <summary>A leg that nothing is missing for any more, because of this change, and that was never handed in.</summary>
    private static Leg GoingOn(JointFile before, Leg leg, DateTimeOffset now)
    {
        var was = before.Leg(leg.Utility)!;
        var waited = Lacks(was) || TransferLegs.IsSeized(was);
        var isFree =
            leg is { Work: LegWork.Hold, State: LegState.Received, Gaps.Count: 0, IsUnwanted: false }
            && leg.Problems.All(problem => problem.ClosedAt is not null);
        return waited && isFree ? leg with { Work = TransferLegs.FirstWork(before.Kind), WakeAt = now } : leg;
    }
}
