using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.LicenceLibrary;

internal sealed record LicenceRequest(LicenceRequestHead Head, LicenceRequestData Data)
{
    /// <inheritdoc />
    public override string ToString() => nameof(LicenceRequest);
}

internal sealed record LicenceRequestHead(string AccessId, string AccessToken)
{
    /// <inheritdoc />
    public override string ToString() => nameof(LicenceRequestHead);
}

internal sealed record LicenceRequestData(
    string HolderCode,
    string HolderTypeCode,
    string CertTypeCode,
    UseCause UseCause
);

internal sealed record UseCause(
    string CertificateSystemName,
    string CertificateCallCategory,
    string CertificateMatterName,
    string CertificateEventCode,
    string CertificateCopyCause
);

/// <summary><c>Data</c> stays raw: on failure the library may put anything there.</summary>
internal sealed record LicenceAnswer(LicenceAnswerHead? Head, JsonElement Data);

internal sealed record LicenceAnswerHead(string? Status);

/// <summary>One licence. Fields we have no use for are not read.</summary>
internal sealed record LicenceRow(
    string? CertificateIdentifier,
    string? CertificateType,
    string? CertificateHolder,
    string? CertificateHolderCode,
    string? CertificateNumber,
    string? IssueDate,
    string? CertificateValidateStart,
    string? CertificateValidateEnd,
    IReadOnlyList<SurfaceItem>? Surface
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(LicenceRow);
}

/// <summary>One thing printed on the licence.</summary>
internal sealed record SurfaceItem(string? Name, string? Value)
{
    /// <inheritdoc />
    public override string ToString() => nameof(SurfaceItem);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(LicenceRequest))]
[JsonSerializable(typeof(LicenceAnswer))]
[JsonSerializable(typeof(IReadOnlyList<LicenceRow>))]
internal sealed partial class LicenceLibraryJson : JsonSerializerContext;
