using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>Makes the legs of a new joint application. Pure.</summary>
internal static class OpenLegs
{
    /// <summary>One leg for each ticked utility; a leg with gaps is held, the others go on.</summary>
    /// <param name="jointId">Number of the joint application.</param>
    /// <param name="form">The form.</param>
    /// <param name="proofs">The proofs as they were fetched.</param>
    /// <param name="hasRecipient">Whether a client of a utility may have its leg.</param>
    /// <param name="now">When.</param>
    public static IReadOnlyList<Leg> Create(
        string jointId,
        JointForm form,
        IReadOnlyList<FetchedProof> proofs,
        Func<Utility, bool> hasRecipient,
        DateTimeOffset now
    ) => [.. form.Wishes.Select(wish => Open(jointId, form, wish, proofs, hasRecipient, now))];

    /// <summary>Who acts for the applicant needs an authorisation on record (代办).</summary>
    public const string AgentAuthorisation = "agentAuthorisation";

    private static IEnumerable<LegGap> Gaps(JointForm form, UtilityRequest wish, IReadOnlyList<FetchedProof> proofs)
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
    /// A proof that a source contradicts or does not know has to come from the applicant; one that no source answered does not. Whether a
    /// title is seized is not told to whom it does not belong: of a transfer the paper stands for that too.
    /// </summary>
    public static IEnumerable<LegGap> ProofGaps(IReadOnlyList<FetchedProof> proofs) =>
        proofs
            .Where(proof => proof.Outcome is CheckOutcome.Mismatch or CheckOutcome.NotFound or CheckOutcome.Ambiguous)
            .Select(proof => new LegGap(
                proof.Check,
                $"{ProofWords.For(proof.Check)}与共享数据不一致或未查到，请核对后补充材料"
            ));

    private const string PropertyTitle = ServiceFields.PropertyTitle;

    private static Leg Open(
        string jointId,
        JointForm form,
        UtilityRequest wish,
        IReadOnlyList<FetchedProof> proofs,
        Func<Utility, bool> hasRecipient,
        DateTimeOffset now
    )
    {
        var gaps = Gaps(form, wish, proofs).ToList();
        var leg = Open(jointId, form, wish, gaps, hasRecipient, now);
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
        UtilityRequest wish,
        IReadOnlyList<LegGap> gaps,
        Func<Utility, bool> hasRecipient,
        DateTimeOffset now
    )
    {
        var mayHave = hasRecipient(wish.Utility);
        return new Leg
        {
            LegId = new LegId(jointId, wish.Utility),
            Utility = wish.Utility,
            State = LegState.Received,
            Since = StoredTime.From(now),
            Work = gaps.Count > 0 || !mayHave ? LegWork.Hold : TransferLegs.FirstWork(form.Kind),
            WakeAt = gaps.Count > 0 || !mayHave ? null : StoredTime.From(now),
            Gaps = gaps,
            Problems = mayHave
                ? []
                :
                [
                    new LegProblem
                    {
                        Problem = LegProblems.ReceiverNotGranted,
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
    public static string For(string check) =>
        check switch
        {
            "identity" => "身份信息",
            "businessLicence" => "营业执照信息",
            "propertyTitle" => "不动产权属信息",
            _ => check,
        };
}
