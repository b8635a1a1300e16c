using Integration.Adapters.Ports;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Integration.Gateway.Platform.Database;

/// <summary>Where the gateway keeps its state. Section <c>Gateway:Database</c>.</summary>
internal sealed record DatabaseOptions
{
    public const string Section = "Gateway:Database";

    /// <summary><c>sqlite</c> (default, one node) or <c>postgresql</c> (several nodes).</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// ADO.NET connection string, or a reference to one (<c>file:</c>, <c>env:</c>); needs to be a reference when it
    /// holds a password. Default: a file in the folder <c>data</c>.
    /// </summary>
    public string ConnectionString { get; init; } = "Data Source=data/integration.sqlite";

    /// <summary>How long a statement waits for a lock or an answer. 0.1 to 60 s, default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The connection string itself.</summary>
    /// <exception cref="InvalidOperationException">The reference cannot be resolved; refused at start.</exception>
    public string ResolveConnectionString()
    {
        if (!SecretReference.IsReference(ConnectionString))
        {
            return ConnectionString;
        }

        return SecretReference.TryResolve(ConnectionString, out var secret, out var fault)
            ? secret
            : throw new InvalidOperationException($"{Section}:{nameof(ConnectionString)}: {fault}.");
    }
}

/// <summary>The engines.</summary>
internal enum DatabaseProvider
{
    Sqlite,
    Postgresql,
}

/// <summary>Refuses at start what would fail later.</summary>
internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    private const string ConnectionStringKey = $"{DatabaseOptions.Section}:{nameof(DatabaseOptions.ConnectionString)}";

    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var faults = new List<string>();
        if (!Enum.IsDefined(options.Provider))
        {
            faults.Add($"{DatabaseOptions.Section}:Provider: sqlite or postgresql.");
        }

        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromMinutes(1))
        {
            faults.Add($"{DatabaseOptions.Section}:Timeout: 0.1 to 60 seconds.");
        }

        if (ConnectionStringFault(options) is { } fault)
        {
            faults.Add($"{ConnectionStringKey}: {fault}");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string? ConnectionStringFault(DatabaseOptions options)
    {
        try
        {
            var text = options.ResolveConnectionString();
            return options.Provider switch
            {
                DatabaseProvider.Sqlite => SqliteFault(new SqliteConnectionStringBuilder(text)),
                _ => PostgresFault(
                    new NpgsqlConnectionStringBuilder(text),
                    SecretReference.IsReference(options.ConnectionString)
                ),
            };
        }
        catch (InvalidOperationException unresolved)
        {
            return unresolved.Message;
        }
        catch (ArgumentException)
        {
            return "not a connection string of this provider.";
        }
    }

    private static string? SqliteFault(SqliteConnectionStringBuilder text) =>
        text.DataSource.Length == 0 || text.DataSource == ":memory:" || text.Mode == SqliteOpenMode.Memory
            ? "a file is needed (Data Source=…); memory would forget evidence."
            : null;

    private static string? PostgresFault(NpgsqlConnectionStringBuilder text, bool byReference)
    {
        if (string.IsNullOrEmpty(text.Host))
        {
            return "a Host is needed.";
        }

        return !byReference && !string.IsNullOrEmpty(text.Password)
            ? "it holds a password; give it as file:<path> or env:<VARIABLE>."
            : null;
    }
}
