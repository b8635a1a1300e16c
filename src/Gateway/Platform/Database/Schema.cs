using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// What the build brings of the schema, read without EF's migrator: that alone takes most of a second, at every start.
/// </summary>
internal static class Schema
{
    private const string HistoryOnSqlite = "SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'";

    private const string HistoryOnPostgres =
        "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '__EFMigrationsHistory'";

    private const string LastApplied = """SELECT MAX("MigrationId") FROM "__EFMigrationsHistory";""";

    /// <summary>The migrations of the engine that this build has, oldest first.</summary>
    public static IReadOnlyList<string> KnownTo(Type context) =>
        [
            .. typeof(Schema)
                .Assembly.GetTypes()
                .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context)
                .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The newest migration that the database has; null when it has none.</summary>
    public static async Task<string?> AppliedToAsync(GatewayDb db, CancellationToken cancellationToken)
    {
        var history = db is SqliteGatewayDb ? HistoryOnSqlite : HistoryOnPostgres;
        return Convert.ToInt64(await AskAsync(db, history, cancellationToken), null) == 0
            ? null
            : await AskAsync(db, LastApplied, cancellationToken) as string;
    }

    /// <summary>Makes everything in an empty database: the migrations from the first to the newest as one script.</summary>
    public static async Task CreateAsync(GatewayDb db, CancellationToken cancellationToken)
    {
        await using var script = typeof(Schema).Assembly.GetManifestResourceStream(ScriptOf(db.GetType()))!;
        using var reader = new StreamReader(script);
        await AskAsync(db, await reader.ReadToEndAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Name of the embedded script.</summary>
    public static string ScriptOf(Type context) =>
        context == typeof(SqliteGatewayDb) ? "Schema.Sqlite.sql" : "Schema.Postgres.sql";

    private static async Task<object?> AskAsync(GatewayDb db, string sql, CancellationToken cancellationToken)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
