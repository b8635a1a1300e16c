using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Integration.Gateway.Platform.Database;

/// <summary>What a failed commit means for those who wait.</summary>
internal enum CommitFailure
{
    /// <summary>The database is down, locked, full or read-only: no request is at fault, each may be tried again later.</summary>
    Unavailable,

    /// <summary>A row was changed, or a unique key taken, by another request.</summary>
    Overtaken,

    /// <summary>A caller's rows cannot be stored at all.</summary>
    Bug,
}

internal static class CommitFailures
{
    private const int SqliteConstraint = 19;
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteUnique = 2067;
    private const string IntegrityViolations = "23";

    public static CommitFailure Classify(Exception reason) =>
        reason switch
        {
            DbUpdateConcurrencyException => CommitFailure.Overtaken,
            DbUpdateException { InnerException: { } inner } => Classify(inner),
            SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } => CommitFailure.Overtaken,
            SqliteException { SqliteErrorCode: SqliteConstraint } => CommitFailure.Bug,
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => CommitFailure.Overtaken,
            // Two nodes waited for each other, and this one was taken back: it reads again.
            PostgresException
            {
                SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
            } => CommitFailure.Overtaken,
            PostgresException postgres
                when postgres.SqlState.StartsWith(IntegrityViolations, StringComparison.Ordinal) => CommitFailure.Bug,
            DbException when !DatabaseFaults.IsUnavailable(reason) => CommitFailure.Bug,
            DbException or IOException or TimeoutException => CommitFailure.Unavailable,
            // Npgsql and EF wrap a lost connection in it ("An exception has been raised that is likely due to a transient failure").
            InvalidOperationException { InnerException: DbException inner } => Classify(inner),
            _ => CommitFailure.Bug,
        };
}
