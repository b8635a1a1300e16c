using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>Asks the library for the licences of one holder; both sources here are made of it.</summary>
internal sealed class LicenceLibraryAgency(
    ILicenceLibraryClient client,
    [FromKeyedServices(LicenceLibraryAgency.Name)] AgencyCaller caller,
    LicenceEnvelope envelope,
    IOptions<LicenceLibraryOptions> options
)
{
    public const string Name = "licence-library";

    private const string Person = "111";
    private const string Enterprise = "001";

    private static readonly AgencyOperation s_query = new(Name, "queryCertInfo", IsIdempotentRead: true);

    private readonly LicenceLibraryOptions _options = options.Value;

    /// <summary>Asks; <paramref name="choose"/> makes facts of the licences found.</summary>
    public Task<AgencyAnswer<TFacts>> AskAsync<TFacts>(
        LicenceKind kind,
        string holderCode,
        AgencyRequest request,
        Func<LicencesFound, Reading<TFacts>> choose,
        CancellationToken cancellationToken
    )
    {
        var body = RequestFor(kind, holderCode, request.RequestId);
        return caller.AskAsync(
            s_query,
            request,
            (call, cancelled) => client.QueryCertInfoAsync(body, call, cancelled),
            answer =>
                LicenceLibraryReader.Read(answer, kind, holderCode).Succeeded(out var licences, out var failure)
                    ? choose(licences)
                    : failure,
            cancellationToken
        );
    }

    /// <summary>The library only answers for a holder.</summary>
    public Task<AgencyAnswer<TFacts>> NotAskedAsync<TFacts>(AgencyRequest request) =>
        caller.NotAskedAsync<TFacts>(s_query, request, "no-holder-code");

    private LicenceRequest RequestFor(LicenceKind kind, string holderCode, string requestId) =>
        new(
            envelope.Head,
            new LicenceRequestData(
                holderCode,
                ResidentId.Parse(holderCode).IsValid ? Person : Enterprise,
                kind == LicenceKind.Title ? _options.TitleType : _options.BusinessLicenceType,
                envelope.CauseOf(requestId)
            )
        );
}
