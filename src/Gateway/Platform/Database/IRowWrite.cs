using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// One write within a commit. It may be made a second time with a fresh context, so it must not rely on what it changed before.
/// </summary>
internal interface IRowWrite
{
    /// <summary>Changes rows; saves nothing and sends nothing.</summary>
    void WriteTo(GatewayDb db);
}

/// <summary>A row whose version tells whether another request has changed it.</summary>
internal interface IVersionedRow
{
    /// <summary>Counts the changes, from 1. The concurrency token.</summary>
    int Version { get; set; }
}

/// <summary>A row that is inserted and never changed.</summary>
internal sealed record AppendedRow(object Row) : IRowWrite
{
    /// <summary>Not inserted when its key is there already.</summary>
    public bool IfAbsent { get; init; }

    /// <summary>Written when the key is there already; null: nothing.</summary>
    public IRowWrite? Otherwise { get; init; }

    public void WriteTo(GatewayDb db) => db.Append(this);
}

/// <summary>A row that is inserted and changed later.</summary>
internal sealed record AddedRow(object Row) : IRowWrite
{
    public void WriteTo(GatewayDb db)
    {
        var entry = db.Entry(Row);
        entry.State = EntityState.Added; // also when it was added by an attempt that was taken back
    }
}

/// <summary>A row that was read, and its new values.</summary>
internal sealed record UpdatedRow<TRow>(object Key, int Version, Action<TRow> Change) : IRowWrite
    where TRow : class, IVersionedRow
{
    public void WriteTo(GatewayDb db)
    {
        var row =
            db.Find<TRow>(Key) ?? throw new DbUpdateConcurrencyException($"A row of {typeof(TRow).Name} is gone.");
        db.Entry(row).Property(stored => stored.Version).OriginalValue = Version;
        row.Version = Version + 1;
        Change(row);
    }
}

/// <summary>What a change of a document has to know at the moment of its commit, read in the same transaction.</summary>
internal interface ICommitRead<out T>
{
    T Read(GatewayDb db);
}
