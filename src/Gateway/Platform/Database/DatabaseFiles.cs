using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// The SQLite files that this process opened at its start. SQLite goes on writing into a file that was moved, removed or replaced,
/// and what is written there is lost; so it is asked before and after each commit whether database, <c>-wal</c> and <c>-shm</c> are
/// still the ones that their paths lead to. While they are not, nothing is read or acknowledged. Files that come back are used
/// again; others, e.g. a restored back-up, need a restart, which begins with what is there then.
/// </summary>
internal sealed class DatabaseFiles(IOptions<DatabaseOptions> options) : IDisposable
{
    private const string Missing =
        "The database file is gone. Nothing is acknowledged. Bring the same file back, or restart the gateway.";

    private const string Replaced =
        "The database's file, or its -wal or -shm, is not the one that the gateway opened. Nothing is acknowledged. Bring the same files back, or restart the gateway to work with what is there now.";

    private const string Overwritten =
        "The database file was written over by something else. Nothing is acknowledged. Stop the gateway, restore the whole database, start it.";

    private static readonly byte[] s_magic = "SQLite format 3\0"u8.ToArray();

    private readonly Lock _rescuing = new();
    private Opened? _opened;
    private ulong _newest;
    private volatile bool _isOverwritten;

    /// <summary>What is wrong with the files, and what to do; null: nothing.</summary>
    public string? Fault
    {
        get
        {
            if (Volatile.Read(ref _opened) is not { } opened)
            {
                return null;
            }

            if (IsOverwritten(opened.Main))
            {
                return Overwritten;
            }

            if (opened.Files.All(file => FileIdentity.From(file.Path) == file.Identity))
            {
                return null;
            }

            Rescue(opened);
            return File.Exists(opened.Files[0].Path) ? Replaced : Missing;
        }
    }

    /// <summary>From now on the files are these.</summary>
    public void Open()
    {
        if (options.Value.Provider != DatabaseProvider.Sqlite)
        {
            return;
        }

        var text = new SqliteConnectionStringBuilder(options.Value.ResolveConnectionString())
        {
            Pooling = false,
            Mode = SqliteOpenMode.ReadWrite,
        };
        var path = Path.GetFullPath(text.DataSource);
        // The log of writes is removed and made anew when the last connection closes; this one stays, so that it is always the same.
        var keeper = new SqliteConnection(text.ToString());
        keeper.Open();
        using var reading = keeper.CreateCommand();
        reading.CommandText = "PRAGMA journal_mode=WAL; SELECT COUNT(*) FROM sqlite_schema;";
        _ = reading.ExecuteScalar();
        var files = new[] { path, $"{path}-wal", $"{path}-shm" }.Select(Identified).ToArray();
        var main = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Volatile.Write(ref _opened, new Opened(files, main, keeper));
    }

    /// <summary>Refuses to go on with files that are not ours any more.</summary>
    /// <exception cref="SqliteException">They are not.</exception>
    public void ThrowIfReplaced()
    {
        if (Fault is { } fault)
        {
            throw new SqliteException(fault, raw.SQLITE_READONLY, raw.SQLITE_READONLY_DBMOVED);
        }
    }

    /// <summary>
    /// Closes what is left. The handle goes last: a process that closes any handle of a file loses all its locks on it.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _opened, null) is { } opened)
        {
            opened.Keeper.Dispose();
            opened.Main.Dispose();
        }
    }

    private static (string Path, FileIdentity? Identity) Identified(string path) =>
        FileIdentity.From(path) is { } identity
            ? (path, identity)
            : throw new IOException($"The database has no file {Path.GetFileName(path)} although it was opened.");

    /// <summary>
    /// A back-up that was copied over the open file keeps device and inode, but it is older: in the head of the file the number of
    /// changes never goes back by itself, nor the number of pages while that one stands.
    /// </summary>
    private bool IsOverwritten(SafeFileHandle main)
    {
        var newest = Interlocked.Read(ref _newest); // before the head: what others see meanwhile is newer
        Span<byte> head = stackalloc byte[32];
        if (RandomAccess.Read(main, head, 0) < head.Length || !head.StartsWith(s_magic))
        {
            _isOverwritten = true;
            return true;
        }

        var state = BinaryPrimitives.ReadUInt64BigEndian(head[24..]); // changes, then pages: four bytes each
        if (state > newest)
        {
            Interlocked.CompareExchange(ref _newest, state, newest);
        }

        _isOverwritten |= state < newest;
        return _isOverwritten;
    }

    /// <summary>
    /// What was acknowledged goes from the log of writes into the file that we opened, wherever that is now: the log may be gone with
    /// this process, and if it stayed, the next start would play it into the file that took the place. Never waits for a writer.
    /// </summary>
    private void Rescue(Opened opened)
    {
        if (!_rescuing.TryEnter())
        {
            return;
        }

        try
        {
            // A failure needs no word: the fault is told already, and the next look tries again.
            _ = raw.sqlite3_wal_checkpoint_v2(
                opened.Keeper.Handle,
                "main",
                raw.SQLITE_CHECKPOINT_TRUNCATE,
                out _,
                out _
            );
        }
        finally
        {
            _rescuing.Exit();
        }
    }

    /// <summary>What was opened at the start.</summary>
    /// <param name="Files">Database, <c>-wal</c> and <c>-shm</c>.</param>
    /// <param name="Main">The database file, for its head; never closed while it is in use.</param>
    /// <param name="Keeper">A connection that does nothing.</param>
    private sealed record Opened(
        IReadOnlyList<(string Path, FileIdentity? Identity)> Files,
        SafeFileHandle Main,
        SqliteConnection Keeper
    );
}
