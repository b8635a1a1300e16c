using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.Evidence;

/// <summary>
/// What one step commits, all of it or nothing: its evidence, rows, timers, notices and the stored response. It is collected while the
/// step is decided, and <see cref="EvidenceLog.CommitAsync"/> is the only way to commit it.
/// </summary>
/// <remarks>
/// The writer may write it twice: with a fresh context, when the rows of another step fail that waited for the same commit. So it says what is
/// to be written and never what was. It serves one commit: an attempt that met a concurrency conflict is followed by a unit of its own.
/// </remarks>
internal sealed class UnitOfWork
{
    private readonly List<EvidenceDraft> _evidence = [];
    private readonly List<IRowWrite> _writes = [];

    /// <summary>What goes on record, in order.</summary>
    public IReadOnlyList<EvidenceDraft> Evidence => _evidence;

    /// <summary>A unit that begins with evidence.</summary>
    public static UnitOfWork From(IEnumerable<EvidenceDraft> evidence)
    {
        var unit = new UnitOfWork();
        unit.Record(evidence);
        return unit;
    }

    /// <summary>Puts a fact on record.</summary>
    public void Record(EvidenceDraft draft) => _evidence.Add(draft);

    /// <inheritdoc cref="Record(EvidenceDraft)" />
    public void Record(IEnumerable<EvidenceDraft> drafts) => _evidence.AddRange(drafts);

    /// <summary>Inserts a row that is never changed, at a third of the cost of <see cref="Add"/>.</summary>
    public void Append(object row) => _writes.Add(new AppendedRow(row));

    /// <inheritdoc cref="Append" />
    public void AppendRange(IEnumerable<object> rows)
    {
        foreach (var row in rows)
        {
            Append(row);
        }
    }

    /// <summary>Inserts a row unless its key is there already.</summary>
    /// <param name="row">The row.</param>
    /// <param name="otherwise">Written in the same commit when the key is there; null: what is there stays as it is.</param>
    public void AppendIfAbsent(object row, IRowWrite? otherwise = null) =>
        _writes.Add(new AppendedRow(row) { IfAbsent = true, Otherwise = otherwise });

    /// <summary>Inserts a row that is changed later; a key that is taken is a concurrency conflict.</summary>
    public void Add(object row) => _writes.Add(new AddedRow(row));

    /// <summary>Changes a row that was read before; that another request changed or removed it since is a concurrency conflict.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="version">The version that was read; the row gets the next.</param>
    /// <param name="change">Sets the new values; nothing else.</param>
    public void Update<TRow>(object key, int version, Action<TRow> change)
        where TRow : class, IVersionedRow => _writes.Add(new UpdatedRow<TRow>(key, version, change));

    /// <summary>Sets, moves or (null) cancels a timer.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">What it is about.</param>
    /// <param name="dueAt">When it is due.</param>
    public void SetTimer(string kind, string key, DateTimeOffset? dueAt) =>
        _writes.Add(new TimerWrite(kind, key, dueAt));

    /// <summary>Keeps a response for the repetition of its request.</summary>
    public void Store(IdempotencyTicket ticket, StoredResponse response)
    {
        if (ticket.Use(response) is { } row)
        {
            Append(row);
        }
    }

    /// <summary>The same for what had an effect at an agency: its key is remembered after the response is gone.</summary>
    public void StoreEffect(IdempotencyTicket ticket, StoredResponse response)
    {
        if (ticket.UseForEffect(response) is { } row)
        {
            Append(row);
        }
    }

    /// <summary>Adds a write of a flow's own.</summary>
    public void Write(IRowWrite write) => _writes.Add(write);

    /// <summary>Adds everything of another unit, which is not committed by itself.</summary>
    public void Include(UnitOfWork part)
    {
        _evidence.AddRange(part._evidence);
        _writes.AddRange(part._writes);
    }

    /// <summary>What its caller is told when it cannot be committed now.</summary>
    public Refusal RefusalWhenUnavailable => _evidence.Count > 0 ? Refusal.EvidenceUnavailable : Refusal.Unavailable;

    /// <summary>For the writer only.</summary>
    public void WriteRows(GatewayDb db)
    {
        foreach (var write in _writes)
        {
            write.WriteTo(db);
        }
    }
}
