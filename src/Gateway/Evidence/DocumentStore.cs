using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Evidence;

/// <summary>What is stored as one document with a version; never changed in place.</summary>
internal interface IDocument
{
    /// <summary>Counts the changes, from 1.</summary>
    int Version { get; }
}

/// <summary>
/// Keeps documents of one kind, one row each: a document is found with its version, and its next version is committed only while that one is
/// in force.
/// </summary>
/// <param name="factory">For reading; nothing is written but by a <see cref="UnitOfWork"/>.</param>
internal abstract class DocumentStore<TDocument, TRow>(IDbContextFactory<GatewayDb> factory)
    where TDocument : class, IDocument
    where TRow : class, IVersionedRow
{
    /// <summary>A document by its key; null: there is none.</summary>
    protected async Task<TDocument?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        await FindRowAsync(key, cancellationToken) is { } row ? Open(row) : null;

    /// <summary>The document of a row.</summary>
    protected abstract TDocument Open(TRow row);

    /// <summary>Gives a row the values of a version: the document, and what it is looked for by.</summary>
    protected abstract void Put(TRow row, TDocument document);

    /// <summary>A row by its key; null: there is none.</summary>
    protected async Task<TRow?> FindRowAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<TRow>().FindAsync([key], cancellationToken);
    }

    /// <summary>Commits the next version of a document, unless another request has changed the version that it was made from.</summary>
    /// <param name="unit">What is committed.</param>
    /// <param name="key">Key of the row.</param>
    /// <param name="before">As it was read.</param>
    /// <param name="after">The next version; its number is that of <paramref name="before"/> and one.</param>
    /// <param name="beside">Sets what else of the row changes with it; null: nothing.</param>
    protected void Replace(
        UnitOfWork unit,
        string key,
        TDocument before,
        TDocument after,
        Action<TRow>? beside = null
    ) =>
        unit.Update<TRow>(
            key,
            before.Version,
            row =>
            {
                Put(row, after);
                beside?.Invoke(row);
            }
        );
}
