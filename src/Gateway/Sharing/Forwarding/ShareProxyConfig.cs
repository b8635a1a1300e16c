using System.Globalization;
using System.Net;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Catalogue;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>Routes and clusters of the catalogue in force: a route for each operation, a cluster for each agency.</summary>
internal sealed class ShareProxyConfig(CatalogueDirectory catalogues, IOptions<SharingOptions> options)
    : IProxyConfigProvider
{
    private const string ConnectTime = "connect-time";

    public IProxyConfig GetConfig() => From(catalogues.Current, catalogues.Changed, options.Value);

    /// <summary>What a catalogue becomes.</summary>
    public static IProxyConfig From(ServiceCatalogue catalogue, IChangeToken changed, SharingOptions options) =>
        new Config(
            catalogue.Version,
            [.. catalogue.Operations.Select(Route)],
            [
                .. catalogue
                    .Operations.Select(operation => operation.Agency)
                    .DistinctBy(agency => agency.Name, StringComparer.Ordinal)
                    .Select(agency => Cluster(agency, options)),
            ],
            changed
        );

    public static TimeSpan ConnectTimeOf(IReadOnlyDictionary<string, string>? metadata) =>
        metadata is not null && metadata.TryGetValue(ConnectTime, out var text)
            ? TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("A cluster has no connect time.");

    private static RouteConfig Route(SharedOperation operation) =>
        new()
        {
            RouteId = operation.Name,
            ClusterId = operation.Agency.Name,
            Match = new RouteMatch
            {
                Methods = [.. operation.Methods],
                Path = $"{ServiceCatalogue.Prefix}{operation.Resource.Resource}/{operation.Path}",
            },
        };

    private static ClusterConfig Cluster(ForwardableAgency agency, SharingOptions options) =>
        new()
        {
            ClusterId = agency.Name,
            // The first address is the preferred one: the others are asked when it is not well.
            LoadBalancingPolicy = LoadBalancingPolicies.FirstAlphabetical,
            Destinations = agency
                .Addresses.Index()
                .ToDictionary(
                    address => string.Create(CultureInfo.InvariantCulture, $"{address.Index:D3}"),
                    address => new DestinationConfig { Address = address.Item.ToString() },
                    StringComparer.Ordinal
                ),
            HealthCheck = Health(agency, options),
            HttpClient = new HttpClientConfig { MaxConnectionsPerServer = agency.Parallel },
            HttpRequest = new ForwarderRequestConfig
            {
                Version = HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                // Each attempt has a time of its own, and so has each read of an answer.
                ActivityTimeout = Timeout.InfiniteTimeSpan,
            },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ConnectTime] = agency.ConnectTime.ToString("c", CultureInfo.InvariantCulture),
            },
        };

    private static HealthCheckConfig Health(ForwardableAgency agency, SharingOptions options) =>
        new()
        {
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyAndUnknown,
            Passive = new PassiveHealthCheckConfig
            {
                Enabled = true,
                Policy = RestingAddresses.PolicyName,
                ReactivationPeriod = TimeSpan.FromSeconds(options.RestSeconds),
            },
            Active = new ActiveHealthCheckConfig
            {
                Enabled = agency.ProbePath is not null,
                Interval = TimeSpan.FromSeconds(options.ProbeSeconds),
                Timeout = agency.AttemptTime,
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = agency.ProbePath,
            },
        };

    private sealed record Config(
        string RevisionId,
        IReadOnlyList<RouteConfig> Routes,
        IReadOnlyList<ClusterConfig> Clusters,
        IChangeToken ChangeToken
    ) : IProxyConfig;
}
