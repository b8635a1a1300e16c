using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.JointApplications.Form;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.JointApplications.Opening;

/// <summary>Makes the legs of a new joint application. Pure.</summary>
internal static class OpenLegs
{
    /// <summary>One leg for each ticked utility; a leg with gaps is held, the others go on.</summary>
    public static IReadOnlyList<Leg> Of(
        string jointId,
        JointForm form,
        IReadOnlyList<FetchedProof> proofs,
        Receivers receivers,
        DateTimeOffset now
    ) => [.. form.Wishes.Select(wish => Open(jointId, wish, [.. wish.Gaps, .. ProofGaps(proofs)], receivers, now))];

    /// <summary>A proof that a source contradicts or does not know has to come from the applicant; one that nobody answered does not.</summary>
    public static IEnumerable<LegGap> ProofGaps(IReadOnlyList<FetchedProof> proofs) =>
        proofs
            .Where(proof => proof.Outcome is CheckOutcome.Mismatch or CheckOutcome.NotFound or CheckOutcome.Ambiguous)
            .Select(proof => new LegGap(
                proof.Check,
                $"{ProofWords.Of(proof.Check)}与共享数据不一致或未查到，请核对后补充材料"
            ));

    private static Leg Open(
        string jointId,
        Wish wish,
        IReadOnlyList<LegGap> gaps,
        Receivers receivers,
        DateTimeOffset now
    )
    {
        var mayHave = receivers.AllowanceOf(wish.Utility) is not null;
        return new Leg
        {
            LegId = LegIds.Of(jointId, wish.Utility),
            Utility = wish.Utility,
            State = LegState.Received,
            Since = StoredTime.Of(now),
            Work = gaps.Count > 0 || !mayHave ? LegWork.Hold : LegWork.Send,
            WakeAt = gaps.Count > 0 || !mayHave ? null : StoredTime.Of(now),
            Gaps = gaps,
            Problems = mayHave
                ? []
                :
                [
                    new LegProblem
                    {
                        Problem = "receiver-not-granted",
                        Text = "No client of this utility has the grant legs.",
                        Since = now,
                    },
                ],
        };
    }
}

/// <summary>How applicants know the proofs.</summary>
internal static class ProofWords
{
    public static string Of(string check) =>
        check switch
        {
            "identity" => "身份信息",
            "businessLicence" => "营业执照信息",
            "propertyTitle" => "不动产权属信息",
            _ => check,
        };
}
