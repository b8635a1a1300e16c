using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Testing;

/// <summary>What a test wants different from the usual.</summary>
public sealed record IntegrationHostOptions
{
    /// <summary>Default SQLite.</summary>
    public Engine Engine { get; init; }

    /// <summary>A clock that the test moves; null = the real one.</summary>
    public FakeTimeProvider? Clock { get; init; }

    /// <summary>How long every agency takes to answer, in real time; default none.</summary>
    public TimeSpan AgencyLatency { get; init; }

    /// <summary>Further settings of the gateway; they win over the usual ones.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Changes the service catalogue before the gateway reads it.</summary>
    public Action<JsonObject>? Catalogue { get; init; }

    /// <summary>Changes the callers file before the gateway reads it.</summary>
    public Action<JsonObject>? Callers { get; init; }

    /// <summary>Called after the gateway's own registrations.</summary>
    public Action<WebApplicationBuilder> Adjust { get; init; } = _ => { };
}

/// <summary>The database engines. PostgreSQL needs <c>INTEGRATION_TEST_POSTGRES</c>; <c>tests/run.sh</c> sets it.</summary>
public enum Engine
{
    Sqlite,
    PostgreSql,
}
