using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SQLitePCL;

namespace Integration.Gateway.Platform.Database;

/// <summary>Which exceptions mean that the database cannot be used now, so that the same request may succeed later.</summary>
internal static class DatabaseFaults
{
    /// <summary>First two characters of SQLSTATE: connection, transaction rolled back, resources, state of objects, operators, system, catalogue.</summary>
    private static readonly HashSet<string> s_unavailable = new(StringComparer.Ordinal)
    {
        "08",
        "25",
        "40",
        "53",
        "55",
        "57",
        "58",
        "3D",
        "28",
        "XX", // a damaged page or index
    };

    /// <summary>Down, locked, full, read-only or replaced; false for what is a bug of the gateway.</summary>
    public static bool IsUnavailable(Exception reason) =>
        reason switch
        {
            DbUpdateConcurrencyException => false,
            DbUpdateException { InnerException: { } inner } => IsUnavailable(inner),
            SqliteException sqlite => sqlite.SqliteErrorCode
                is not (raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE),
            PostgresException postgres => s_unavailable.Contains(postgres.SqlState[..2]),
            NpgsqlException => true,
            // Npgsql and EF wrap a lost connection in it.
            InvalidOperationException { InnerException: DbException inner } => IsUnavailable(inner),
            _ => false,
        };
}
