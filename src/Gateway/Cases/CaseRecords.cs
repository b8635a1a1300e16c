using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Evidence;

namespace Integration.Gateway.Cases;

/// <summary>Entries of a case as evidence. Their parent is the case itself, so cases of one number never mix.</summary>
internal static class CaseRecords
{
    /// <summary>What the gateway does by itself rests on no grant.</summary>
    public const string OwnGrants = "none";

    public static IReadOnlyList<EvidenceDraft> Of(
        CaseFile file,
        IReadOnlyList<CaseFact> facts,
        string callerId,
        string grants
    ) =>
        [
            .. facts.Select(fact => new EvidenceDraft
            {
                EvidenceId = fact.EvidenceId,
                Kind = EvidenceKind.Clock,
                CaseId = file.CaseId,
                CaseOwner = file.CallerId,
                ParentId = CaseRow.KeyOf(file.CallerId, file.CaseId),
                CallerId = callerId,
                Purpose = file.Purpose,
                Basis = $"case:{file.CaseId}",
                Grants = grants,
                Subject = fact.Subject,
                Outcome = fact.Outcome,
                Detail = fact.Detail,
                PolicyVersion = file.PolicyVersion,
                At = fact.At,
            }),
        ];
}
