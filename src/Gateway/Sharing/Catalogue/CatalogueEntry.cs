using System.Text.Json.Serialization;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>The service catalogue as it is written (docs/spec/catalogue.md). Nothing here is trusted before it is checked.</summary>
/// <remarks>Members with a default have a setter: the generated reader would overwrite it otherwise.</remarks>
internal sealed record CatalogueEntry
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public required IReadOnlyList<ResourceEntry> Resources { get; init; }
}

/// <summary>One service of one agency that may be shared, as it was approved.</summary>
internal sealed record ResourceEntry
{
    /// <summary>Its name in the path, <c>/share/{resource}</c>, and in grants, <c>share:{resource}</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Title { get; init; }

    /// <summary>An agency of the configuration.</summary>
    public required string Agency { get; init; }

    /// <summary>A dialect of that agency.</summary>
    public required string Dialect { get; init; }

    /// <summary>The agency's code of the service, where the dialect has one.</summary>
    public string? Service { get; init; }

    /// <summary>Number in the government's resource catalogue.</summary>
    public required string CatalogueId { get; init; }

    /// <summary>The document that allows the sharing.</summary>
    public required string ApprovalNumber { get; init; }

    /// <summary>First day (UTC+8).</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day (UTC+8).</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>What it may be asked for.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    public required IReadOnlyList<OperationEntry> Operations { get; init; }
}

/// <summary>One thing that can be asked of a resource.</summary>
internal sealed record OperationEntry
{
    /// <summary>Its name, unique within the resource; in evidence and metrics.</summary>
    public required string Operation { get; init; }

    /// <summary><c>GET</c>, <c>POST</c> or both.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Path after <c>/share/{resource}/</c>: literal segments and <c>{name}</c>; at least one.</summary>
    public required string Path { get; init; }

    /// <summary>Path at the agency, with the same <c>{name}</c>; not where the dialect has one path for all.</summary>
    public string? Target { get; init; }

    /// <summary>Method at the agency; default the caller's.</summary>
    public string? AgencyMethod { get; init; }

    /// <summary>
    /// Whether asking twice changes nothing. Only then it is ever sent again after a failure; otherwise callers have to send an
    /// <c>Idempotency-Key</c>.
    /// </summary>
    public required bool Repeatable { get; init; }

    public required RequestEntry Request { get; init; }

    public required AnswerEntry Answer { get; init; }

    public LimitsEntry Limits { get; set; } = new();

    /// <summary>A test question, which concerns no person, for the diagnosis of the agency.</summary>
    public TestEntry? Test { get; init; }
}

/// <summary>What a caller may send.</summary>
internal sealed record RequestEntry
{
    /// <summary>Fields of the body; empty: no body.</summary>
    public IReadOnlyList<string> Fields { get; set; } = [];

    /// <summary>Names in the query.</summary>
    public IReadOnlyList<string> Query { get; set; } = [];
}

/// <summary>What may come back.</summary>
internal sealed record AnswerEntry
{
    /// <summary>Fields that grants may name.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Fields of the agency's envelope that every grant includes: codes and counts, nothing personal.</summary>
    public IReadOnlyList<string> Envelope { get; set; } = [];

    /// <summary>What the agency's own codes mean; null: they are not looked at.</summary>
    public CodesEntry? Codes { get; init; }

    /// <summary>Which fields must equal which parameters of the question. Default none: the answer is not bound.</summary>
    public IReadOnlyList<BindEntry> Bind { get; set; } = [];

    /// <summary>For agencies that spell one field in several cases.</summary>
    public bool IgnoreCase { get; init; }
}

/// <summary>What one operation may cost.</summary>
internal sealed record LimitsEntry
{
    /// <summary>Longest time until the answer begins, all attempts together, seconds. Default 5.</summary>
    public double Seconds { get; set; } = 5;

    /// <summary>Largest body of a caller, bytes. Default 64 KiB.</summary>
    public int RequestBytes { get; set; } = 64 * 1024;

    /// <summary>Largest answer of the agency, bytes. Default 1 MiB.</summary>
    public long AnswerBytes { get; set; } = 1024 * 1024;

    /// <summary>Requests of all callers together a second; default none.</summary>
    public int? PerSecond { get; init; }

    /// <summary>Requests of all callers together at one time; default none.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Requests of all callers together a day (UTC+8); default none.</summary>
    public long? PerDay { get; init; }
}

/// <summary>A test question: it concerns no person.</summary>
internal sealed record TestEntry
{
    /// <summary>Path after the resource, without a query.</summary>
    public required string Path { get; init; }

    /// <summary>The body as text; null: none.</summary>
    public string? Body { get; init; }
}

/// <summary>How a catalogue is written: camelCase, nothing unknown.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(CatalogueEntry))]
internal sealed partial class CatalogueJson : JsonSerializerContext;

/// <summary>As <see cref="CatalogueJson"/>, unknown keys passed over: reads what the schema has refused already.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CatalogueEntry))]
internal sealed partial class RefusedCatalogueJson : JsonSerializerContext;
