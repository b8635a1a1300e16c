using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.Utilities.Television;

/// <summary>The file box: files go in, files come out. A file that is there already is not overwritten (412).</summary>
internal interface ITelevisionClient
{
    [Put("/in/{name}")]
    Task<BoxText> PutAsync(
        string name,
        [Body] HttpContent file,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    /// <summary>A file that we put there and that the company has not fetched yet.</summary>
    [Get("/in/{name}")]
    Task<BoxText> GetUnfetchedAsync(
        string name,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Get("/out/{name}")]
    Task<BoxText> GetAsync(
        string name,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    /// <summary>Names of the files that came out, one a line.</summary>
    [Get("/out")]
    Task<BoxText> ListAsync(
        string prefix,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
