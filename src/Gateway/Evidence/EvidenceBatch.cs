using System.Buffers;
using System.Data.Common;
using System.Text;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Evidence;

/// <summary>One transaction: the rows of all callers, then their evidence, then the commit.</summary>
internal sealed class EvidenceBatch(IDbContextFactory<GatewayDb> factory, EvidenceDigests digests, string chain)
{
    private readonly ArrayBufferWriter<byte> _record = new(2048);
    private ChainHead? _head;

    /// <summary>Commits all or nothing.</summary>
    public IReadOnlyList<SealedEvidence> Commit(IReadOnlyList<EvidenceEntry> entries)
    {
        var last = _head;
        _head = null; // read again after any failure
        using var db = factory.CreateDbContext();
        db.Database.AutoSavepointsEnabled = false;
        using var transaction = db.Database.BeginTransaction();
        AddRows(db, entries);
        var head = last ?? ReadHead(db);
        var rows = new List<EvidenceRow>(entries.Sum(entry => entry.Unit.Evidence.Count));
        var positions = new List<IReadOnlyList<EvidencePosition>>(entries.Count);
        foreach (var entry in entries)
        {
            positions.Add(Link(entry.Unit.Evidence, rows, ref head));
        }

        Insert(db, rows);
        var result = SealedEvidence.Commit(transaction, positions);
        _head = head;
        return result;
    }

    /// <summary>Each caller's changes are saved apart: two that change one row must meet its concurrency token, not each other.</summary>
    private static void AddRows(GatewayDb db, IReadOnlyList<EvidenceEntry> entries)
    {
        foreach (var entry in entries)
        {
            entry.Unit.WriteRows(db);
            if (db.ChangeTracker.HasChanges())
            {
                db.SaveChanges();
                db.ChangeTracker.Clear();
            }
        }

        db.WriteAppended();
    }

    private void Insert(GatewayDb db, List<EvidenceRow> rows)
    {
        try
        {
            db.AppendRange(rows);
            db.WriteAppended();
        }
        catch (DbException reason) when (CommitFailures.Classify(reason) == CommitFailure.Overtaken)
        {
            throw new ChainTakenException(chain, reason);
        }
    }

    private ChainHead ReadHead(GatewayDb db) =>
        db.Set<EvidenceRow>()
            .AsNoTracking()
            .Where(row => row.Chain == chain)
            .OrderByDescending(row => row.Sequence)
            .Select(row => new ChainHead(row.Sequence, row.Hash))
            .FirstOrDefault()
        ?? ChainHead.Start;

    private EvidencePosition[] Link(IReadOnlyList<EvidenceDraft> drafts, List<EvidenceRow> rows, ref ChainHead head)
    {
        var positions = new EvidencePosition[drafts.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            var row = LinkOf(drafts[i], head);
            rows.Add(row);
            positions[i] = new EvidencePosition(row.EvidenceId, chain, row.Sequence, row.Hash);
            head = new ChainHead(row.Sequence, row.Hash);
        }

        return positions;
    }

    private EvidenceRow LinkOf(EvidenceDraft draft, ChainHead head)
    {
        _record.ResetWrittenCount();
        EvidenceRecord.Write(digests.Keyed(draft), _record);
        return new EvidenceRow
        {
            Chain = chain,
            Sequence = head.Sequence + 1,
            EvidenceId = draft.EvidenceId,
            CaseId = draft.CaseId,
            CaseOwner = draft.CaseOwner,
            CallerId = draft.CallerId,
            Kind = EvidenceRecord.NameOf(draft.Kind),
            At = draft.At,
            Record = Encoding.UTF8.GetString(_record.WrittenSpan),
            PreviousHash = head.Hash,
            Hash = EvidenceChain.HashOf(chain, head.Sequence + 1, head.Hash, _record.WrittenSpan),
        };
    }
}

/// <summary>Another running node extends the same chain: a fault of the configuration (<see cref="EvidenceOptions.Chain"/>).</summary>
internal sealed class ChainTakenException(string chain, Exception reason)
    : IOException(
        $"Another node writes to the evidence chain '{chain}'; give each node its own {EvidenceOptions.Section}:Chain.",
        reason
    );
