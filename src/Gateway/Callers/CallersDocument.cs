using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Json;
using Supplied = Integration.Contracts.V1.JointApplications.Utility;

namespace Integration.Gateway.Callers;

/// <summary>
/// The callers file as it is written (<c>docs/spec/callers.schema.json</c>). A member that is absent is null here; one that is
/// written as null is a fault. What is needed is judged with the meaning, so that one missing member hides no other fault.
/// </summary>
internal sealed record CallersDocument
{
    [JsonPropertyName("$schema"), DisallowNull]
    public string? Schema { get; init; }

    [DisallowNull]
    public IReadOnlyList<ClientDocument>? Clients { get; init; }

    [DisallowNull]
    public IReadOnlyList<GrantDocument>? Grants { get; init; }
}

/// <summary>An element of <c>clients</c>.</summary>
internal sealed record ClientDocument
{
    [DisallowNull]
    public string? Id { get; init; }

    [DisallowNull]
    public CallerKind? Kind { get; init; }

    [DisallowNull]
    public Supplied? Utility { get; init; }

    [DisallowNull]
    public bool? Enabled { get; init; }

    [DisallowNull]
    public RequiredFactors? Require { get; init; }

    /// <summary>A reference or a hash, never the secret itself.</summary>
    [DisallowNull]
    public string? Secret { get; init; }

    [DisallowNull]
    public KeySetDocument? PublicKeys { get; init; }

    [DisallowNull]
    public IReadOnlyList<string>? Certificates { get; init; }

    [DisallowNull]
    public LimitsDocument? Limits { get; init; }
}

/// <summary>A JSON Web Key Set.</summary>
internal sealed record KeySetDocument
{
    [DisallowNull]
    public IReadOnlyList<KeyDocument>? Keys { get; init; }
}

/// <summary>A public key. There is no member <c>d</c>, so a private key that is put into the file by mistake is refused.</summary>
internal sealed record KeyDocument
{
    [DisallowNull]
    public string? Kty { get; init; }

    [DisallowNull]
    public string? Crv { get; init; }

    [DisallowNull]
    public string? X { get; init; }

    [DisallowNull]
    public string? Y { get; init; }

    [DisallowNull]
    public string? Kid { get; init; }

    [DisallowNull]
    public string? Use { get; init; }

    [DisallowNull]
    public string? Alg { get; init; }
}

/// <summary>Member <c>limits</c> of a client.</summary>
internal sealed record LimitsDocument
{
    [DisallowNull]
    public long? PerSecond { get; init; }

    [DisallowNull]
    public long? Burst { get; init; }

    [DisallowNull]
    public long? AtOnce { get; init; }

    [DisallowNull]
    public long? PerDay { get; init; }

    [DisallowNull]
    public CallPriority? Priority { get; init; }
}

/// <summary>An element of <c>grants</c>.</summary>
internal sealed record GrantDocument
{
    [DisallowNull]
    public string? Id { get; init; }

    [DisallowNull]
    public string? Client { get; init; }

    [DisallowNull]
    public string? Service { get; init; }

    [DisallowNull]
    public IReadOnlyList<string>? Purposes { get; init; }

    [DisallowNull]
    public IReadOnlyList<string>? Fields { get; init; }

    [DisallowNull]
    public IReadOnlyList<string>? Methods { get; init; }

    [DisallowNull]
    public IReadOnlyList<string>? Paths { get; init; }

    [DisallowNull]
    public IReadOnlyList<string>? Owners { get; init; }

    [DisallowNull]
    public DateOnly? ValidFrom { get; init; }

    [DisallowNull]
    public DateOnly? ValidUntil { get; init; }

    [DisallowNull]
    public string? ApprovalNumber { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [
        typeof(CamelCaseName<CallerKind>),
        typeof(CamelCaseName<Supplied>),
        typeof(CamelCaseName<RequiredFactors>),
        typeof(CamelCaseName<CallPriority>),
    ]
)]
[JsonSerializable(typeof(CallersDocument))]
internal sealed partial class CallersJson : JsonSerializerContext;
