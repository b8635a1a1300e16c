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

    /// <summary>A web-hook that is told of cases; default none.</summary>
    public HookSubscriber? Subscriber { get; init; }

    /// <summary>Changes the service catalogue before the gateway reads it.</summary>
    public Action<JsonObject>? Catalogue { get; init; }

    /// <summary>Changes the callers file before the gateway reads it.</summary>
    public Action<JsonObject>? Callers { get; init; }

    /// <summary>Called after the gateway's own registrations.</summary>
    public Action<WebApplicationBuilder> Adjust { get; init; } = _ => { };
}

/// <summary>A subscriber of notices; the host keeps its secret.</summary>
/// <param name="Name">What the gateway calls it.</param>
/// <param name="Address">Where notices go.</param>
/// <param name="Secret">What they are signed with, <c>whsec_…</c>.</param>
/// <param name="Cms">Whether they are signed with the receipt key too.</param>
public sealed record HookSubscriber(string Name, Uri Address, string Secret, bool Cms = false)
{
    /// <summary>The client whose cases it is told of.</summary>
    public string Client { get; init; } = "hall";

    /// <summary>One that is never reached: what it would be told stays in the outbox.</summary>
    public static HookSubscriber Unreachable { get; } =
        new("hall-web", new Uri("http://127.0.0.1:9/notices"), $"whsec_{Convert.ToBase64String(new byte[32])}");
}

/// <summary>The database engines. PostgreSQL needs <c>INTEGRATION_TEST_POSTGRES</c>; <c>tests/run.sh</c> sets it.</summary>
public enum Engine
{
    Sqlite,
    PostgreSql,
}
