using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>The library's sharing service.</summary>
internal interface ILicenceLibraryClient
{
    [Post("/sharing/queryCertInfo")]
    Task<LicenceAnswer> QueryCertInfoAsync(
        [Body] LicenceRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
