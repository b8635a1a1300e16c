using Integration.Adapters.Ports;

namespace Integration.Gateway.Tests.Sharing.Catalogue;

/// <summary>
/// Three agencies of different kinds: <c>exchange</c> (one path, an envelope, service codes), <c>library</c> (an envelope),
/// <c>grid</c> (nothing but headers).
/// </summary>
internal sealed class CatalogueAgencies : IAgencyForwarding, IForwardedService
{
    public IReadOnlyList<ForwardableAgency> Agencies { get; } =
    [
        Agency("exchange", new("rest", NeedsService: true, "/gateway", WireFormat.Json, WireFormat.Json, true)),
        Agency("grid", new("tif", NeedsService: false, Path: null, WireFormat.Json, WireFormat.Json, false)),
        Agency("library", new("licences", NeedsService: false, Path: null, WireFormat.Json, WireFormat.Json, true)),
    ];

    public IForwardedService? Open(string agency, string dialect, string? service) =>
        service == "unknown" ? null : this;

    public ValueTask<AgencyFailure?> SignAsync(
        HttpRequestMessage request,
        ForwardedQuestion question,
        CancellationToken cancellationToken
    ) => ValueTask.FromResult<AgencyFailure?>(null);

    public bool RefusedKey(HttpRequestMessage request, int status, ReadOnlyMemory<byte> answer) => false;

    private static ForwardableAgency Agency(string name, ForwardingDialect dialect) =>
        new(
            name,
            [new Uri("http://127.0.0.1:9/"), new Uri("http://127.0.0.2:9/base/")],
            [dialect],
            "/alive",
            TimeSpan.FromSeconds(2),
            TimeSpan.FromSeconds(1),
            Retries: 1,
            Parallel: 8
        );
}
