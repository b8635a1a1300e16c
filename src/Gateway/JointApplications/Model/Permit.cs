using System.Text.Json.Serialization;
using Integration.Contracts;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What is on record of a permit.</summary>
[SealedAs("PermitAnswer")]
internal sealed record Permit
{
    [JsonPropertyName("permit")]
    public required PermitKind Kind { get; init; }

    public required PermitState State { get; init; }

    /// <summary>File number at the authority.</summary>
    [PersonalData]
    public string? Reference { get; init; }

    /// <summary>The legs that need it.</summary>
    public required IReadOnlyList<Utility> Utilities { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Who acts for the applicant (代办).</summary>
[SealedAs("MandateAnswer")]
internal sealed record Mandate
{
    /// <summary>Where the authorisation can be looked up.</summary>
    [PersonalData]
    public required string Reference { get; init; }

    public required DateTimeOffset At { get; init; }
}
