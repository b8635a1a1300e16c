using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Evidence;

/// <summary>The last link of a chain.</summary>
/// <param name="Sequence">Its position; 0 before the first.</param>
/// <param name="Hash">Its hash; 32 zero bytes before the first.</param>
internal sealed record ChainHead(long Sequence, byte[] Hash)
{
    public static ChainHead Start { get; } = new(0, new byte[SHA256.HashSizeInBytes]);
}

/// <summary>Where a chain is broken, and how.</summary>
/// <param name="Sequence">The first link that is wrong.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record ChainFault(long Sequence, string Reason);

/// <summary>The hash chain as pure functions: a reader who holds the rows can check them.</summary>
internal static class EvidenceChain
{
    /// <summary>
    /// SHA-256 over the lines <c>integration.evidence.v1</c>, chain, sequence, hash before (lower hex), each ended by LF,
    /// followed by the record.
    /// </summary>
    public static byte[] HashOf(string chain, long sequence, ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> record)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"integration.evidence.v1\n{chain}\n{sequence}\n{Convert.ToHexStringLower(previousHash)}\n"
        );
        return SHA256.HashData([.. Encoding.UTF8.GetBytes(head), .. record]);
    }

    /// <summary>Checks rows of one chain in the order of their sequence, starting after <paramref name="anchor"/>.</summary>
    /// <returns>The first fault, or null when the chain holds.</returns>
    public static ChainFault? Verify(IEnumerable<EvidenceRow> rows, ChainHead anchor)
    {
        var head = anchor;
        foreach (var row in rows)
        {
            if (FaultOf(row, head) is { } reason)
            {
                return new ChainFault(row.Sequence, reason);
            }

            head = new ChainHead(row.Sequence, row.Hash);
        }

        return null;
    }

    private static string? FaultOf(EvidenceRow row, ChainHead head)
    {
        if (row.Sequence != head.Sequence + 1)
        {
            return $"expected link {head.Sequence + 1}: a link is missing or doubled";
        }

        if (!row.PreviousHash.AsSpan().SequenceEqual(head.Hash))
        {
            return "it does not follow the link before";
        }

        if (
            !row
                .Hash.AsSpan()
                .SequenceEqual(HashOf(row.Chain, row.Sequence, row.PreviousHash, Encoding.UTF8.GetBytes(row.Record)))
        )
        {
            return "the record was altered";
        }

        return ColumnsAgree(row) ? null : "the columns beside the record were altered";
    }

    /// <summary>Kinds of records that one client makes in another's case.</summary>
    private static readonly string[] s_ofOthers =
    [
        EvidenceRecord.NameOf(EvidenceKind.Event),
        EvidenceRecord.NameOf(EvidenceKind.Look),
    ];

    private static bool ColumnsAgree(EvidenceRow row)
    {
        using var record = JsonDocument.Parse(row.Record);
        var root = record.RootElement;
        return root.GetProperty("evidenceId").ValueEquals(row.EvidenceId)
            && root.GetProperty("caseId").ValueEquals(row.CaseId)
            && root.GetProperty("callerId").ValueEquals(row.CallerId)
            && root.GetProperty("kind").ValueEquals(row.Kind)
            && root.GetProperty("at").GetDateTimeOffset() == StoredTime.From(row.At)
            && OwnerAgrees(root, row);
    }

    /// <summary>
    /// An entry of a case names the case by its key, which holds the owner; anything else but an event or a look is of its caller. Whose
    /// case an event belongs to is configured, and whose matter another client looked at stands with the matter: no part of the record.
    /// </summary>
    private static bool OwnerAgrees(JsonElement record, EvidenceRow row)
    {
        var parent = record.GetProperty("parentId").GetString()!;
        return CaseEvidence.IsKey(parent)
            ? parent == CaseEvidence.KeyOf(row.CaseOwner, row.CaseId)
            : row.CaseOwner == row.CallerId || s_ofOthers.Contains(row.Kind);
    }
}
