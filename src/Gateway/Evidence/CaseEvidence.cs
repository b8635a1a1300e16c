using System.Security.Cryptography;
using System.Text;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Evidence;

/// <summary>
/// How the evidence of a case is found. Case numbers are the callers' own, so a case is its owner and its number, never the number
/// alone: what another caller puts on record under the same number is of another case.
/// </summary>
internal static class CaseEvidence
{
    private const string KeyPrefix = "cas_";

    /// <summary>Owner and number of a case as one text.</summary>
    public static string KeyOf(string owner, string caseId) =>
        $"{KeyPrefix}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{caseId}")).AsSpan(0, 16))}";

    /// <summary>Whether the parent of a record is a case.</summary>
    public static bool IsKey(string parentId) => parentId.StartsWith(KeyPrefix, StringComparison.Ordinal);

    /// <summary>The records of one case, in no order.</summary>
    public static IQueryable<EvidenceRow> EvidenceOf(this GatewayDb db, string owner, string caseId) =>
        db.Set<EvidenceRow>().AsNoTracking().Where(row => row.CaseOwner == owner && row.CaseId == caseId);

    /// <summary>The newest records before a place, newest first.</summary>
    /// <param name="rows">Records of one case.</param>
    /// <param name="before">The place; null: the end.</param>
    /// <param name="most">So many at most.</param>
    public static IQueryable<EvidenceRow> NewestBefore(
        this IQueryable<EvidenceRow> rows,
        TimelinePlace? before,
        int most
    ) =>
        Before(rows, before)
            .OrderByDescending(row => row.At)
            .ThenByDescending(row => row.Sequence)
            .ThenByDescending(row => row.Chain)
            .Take(most);

    private static IQueryable<EvidenceRow> Before(IQueryable<EvidenceRow> rows, TimelinePlace? before)
    {
        if (before is not { At: var at, Sequence: var sequence, Chain: var chain })
        {
            return rows;
        }

        return before.IsOfRecord
            ? rows.Where(row =>
                row.At <= at
                && (
                    row.At < at
                    || row.Sequence < sequence
                    || (row.Sequence == sequence && string.Compare(row.Chain, chain) < 0)
                )
            )
            : rows.Where(row => row.At <= at); // of one moment, records come before everything else
    }
}
