using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Grants;
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
        RecipientGrants recipients,
        DateTimeOffset now
    ) => [.. form.Wishes.Select(wish => Open(jointId, form, wish, proofs, recipients, now))];

    /// <summary>Who acts for somebody else needs an authorisation on record (代办).</summary>
    public const string AgentAuthorisation = "agentAuthorisation";

    private static IEnumerable<LegGap> Gaps(JointForm form, Wish wish, IReadOnlyList<FetchedProof> proofs)
    {
        foreach (var gap in wish.Gaps.Concat(ProofGaps(proofs)))
        {
            yield return gap;
        }

        if (form is { Agent: not null, Mandate: null })
        {
            yield return new LegGap(AgentAuthorisation, "请提供申请人的委托授权书（代办）");
        }

        if (form.Kind == JointKind.Transfer && proofs.All(proof => proof.Check != PropertyTitle))
        {
            yield return new LegGap(PropertyTitle, "请填写不动产权证号或不动产单元号，或补充权属证明材料");
        }
    }

    /// <summary>
    /// A proof that a source contradicts or does not know has to come from the applicant; one that nobody answered does not. Whether a
    /// title is seized is not told to whom it does not belong: of a transfer the paper stands for that too.
    /// </summary>
    public static IEnumerable<LegGap> ProofGaps(IReadOnlyList<FetchedProof> proofs) =>
        proofs
            .Where(proof => proof.Outcome is CheckOutcome.Mismatch or CheckOutcome.NotFound or CheckOutcome.Ambiguous)
            .Select(proof => new LegGap(
                proof.Check,
                $"{ProofWords.Of(proof.Check)}与共享数据不一致或未查到，请核对后补充材料"
            ));

    private const string PropertyTitle = ServiceFields.PropertyTitle;

    private static Leg Open(
        string jointId,
        JointForm form,
        Wish wish,
        IReadOnlyList<FetchedProof> proofs,
        RecipientGrants recipients,
        DateTimeOffset now
    )
    {
        var gaps = Gaps(form, wish, proofs).ToList();
        var leg = Open(jointId, form, wish, gaps, recipients, now);
        var title =
            form.Kind == JointKind.Transfer ? proofs.FirstOrDefault(proof => proof.Check == PropertyTitle) : null;
        return title switch
        {
            { IsSeized: true } => TransferLegs.Seized(leg, now),
            { LeavesSeizureOpen: true } => TransferLegs.Untold(leg, now),
            _ => leg,
        };
    }

    private static Leg Open(
        string jointId,
        JointForm form,
        Wish wish,
        IReadOnlyList<LegGap> gaps,
        RecipientGrants recipients,
        DateTimeOffset now
    )
    {
        var mayHave = recipients.Of(wish.Utility) is not null;
        return new Leg
        {
            LegId = LegIds.Of(jointId, wish.Utility),
            Utility = wish.Utility,
            State = LegState.Received,
            Since = StoredTime.Of(now),
            Work = gaps.Count > 0 || !mayHave ? LegWork.Hold : TransferLegs.FirstWork(form.Kind),
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
