using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;

namespace Integration.Gateway.Cases;

/// <summary>Entries of a case as evidence. Their parent is the case itself, so cases of one number never mix.</summary>
internal static class CaseRecords
{
    /// <summary>What the gateway does by itself rests on no grant.</summary>
    public const string OwnGrants = "none";

    public static IReadOnlyList<EvidenceDraft> Create(
        Case found,
        IReadOnlyList<CaseFact> facts,
        string callerId,
        string grants
    ) =>
        [
            .. facts.Select(fact => new EvidenceDraft
            {
                EvidenceId = fact.EvidenceId,
                Kind = EvidenceKind.Clock,
                CaseId = found.CaseId,
                CaseOwner = found.CallerId,
                ParentId = CaseEvidence.KeyOf(found.CallerId, found.CaseId),
                CallerId = callerId,
                Purpose = found.Purpose,
                Basis = $"case:{found.CaseId}",
                Grants = grants,
                Subject = fact.Subject,
                Outcome = fact.Outcome,
                Detail = fact.Detail,
                PolicyVersion = found.PolicyVersion,
                At = fact.At,
            }),
        ];
}
