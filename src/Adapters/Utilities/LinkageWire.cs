using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Adapters.Utilities;

/// <summary>
/// Any answer of the transfer linkage (不动产+水电气), which the water and the power company both speak. <c>Data</c> stays raw: null means
/// unknown, missing means malformed.
/// </summary>
internal sealed record LinkageAnswer(string? Code, JsonElement Data);

/// <summary>Asks for one account, arrears included.</summary>
/// <param name="Account">The provider's number of it.</param>
/// <param name="Business">Whose account it is: <c>1</c> water, <c>2</c> power.</param>
/// <param name="FormerHolder">Whom to look for; null: the provider is not told.</param>
internal sealed record LinkagePreCheck(
    [property: JsonPropertyName("consno")] string Account,
    [property: JsonPropertyName("ywlx")] string Business,
    [property: JsonPropertyName("ywrmc")] string? FormerHolder = null
)
{
    /// <summary>Whether arrears are wanted: always.</summary>
    [JsonPropertyName("sfcxqf")]
    public string WantsArrears { get; } = "1";

    /// <summary>A check (核验).</summary>
    [JsonPropertyName("jklx")]
    public string Kind { get; } = "hy";

    /// <inheritdoc />
    public override string ToString() => nameof(LinkagePreCheck);
}

/// <summary>What every order of the linkage says of the application; each provider adds its number and what it needs besides.</summary>
internal abstract record LinkageOrder
{
    /// <summary>The leg.</summary>
    [JsonPropertyName("slbh")]
    public required string Acceptance { get; init; }

    /// <summary><c>xz</c> new connection, <c>gh</c> transfer.</summary>
    [JsonPropertyName("jklx")]
    public required string Kind { get; init; }

    [JsonPropertyName("tysbh")]
    public required string Consent { get; init; }

    [JsonPropertyName("qlrmc")]
    public string? ApplicantName { get; init; }

    /// <summary>What <see cref="ApplicantCode"/> is, in the provider's own codes.</summary>
    [JsonPropertyName("qlrzjzl")]
    public string? ApplicantCodeType { get; init; }

    [JsonPropertyName("qlrzjh")]
    public string? ApplicantCode { get; init; }

    [JsonPropertyName("fddbr")]
    public string? LegalRepresentative { get; init; }

    [JsonPropertyName("dlrmc")]
    public string? AgentName { get; init; }

    [JsonPropertyName("ywrmc")]
    public string? FormerHolder { get; init; }

    [JsonPropertyName("zl")]
    public string? Address { get; init; }

    [JsonPropertyName("bdcdyh")]
    public string? UnitNumber { get; init; }

    [JsonPropertyName("bdcqzh")]
    public string? CertificateNumber { get; init; }

    [JsonPropertyName("consno")]
    public string? Account { get; init; }
}
