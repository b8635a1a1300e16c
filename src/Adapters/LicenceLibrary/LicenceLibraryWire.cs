using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Refit;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>The library's sharing service.</summary>
internal interface ILicenceLibraryApi
{
    [Post("/sharing/queryCertInfo")]
    Task<LicenceAnswer> QueryCertInfo(
        [Body] LicenceRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

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

/// <summary><c>Data</c> stays raw: on failure it is whatever the library likes.</summary>
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
