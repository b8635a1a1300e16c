using System.Text.Json.Nodes;
using CsCheck;
using Integration.Gateway.Sharing;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Forwarding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace Integration.Gateway.Tests.Sharing.Catalogue;

/// <summary>The forwarder has a validator of its own, which is asked only after a catalogue was accepted.</summary>
public sealed class ProxyConfigTests
{
    private static readonly IConfigValidator Forwarder = new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IPassiveHealthCheckPolicy, RestingAddresses>()
        .AddReverseProxy()
        .Services.BuildServiceProvider()
        .GetRequiredService<IConfigValidator>();

    private static readonly Gen<string> Segments = Gen.OneOf(
        Gen.String[Gen.Char["abzAZ019._~-"], 1, 8],
        Gen.String[Gen.Char["abzAZ019"], 1, 8].Select(name => $"{{p{name}}}")
    );

    private static readonly Gen<JsonObject> Catalogues =
        from paths in Segments.Array[1, 5].Select(segments => string.Join('/', segments)).Array[1, 6]
        from methods in Any("GET", "POST").Array[paths.Length]
        select Catalogue(paths, methods);

    [Fact]
    public async Task The_forwarder_refuses_what_is_wrong_in_its_own_terms()
    {
        var route = new RouteConfig
        {
            RouteId = "r",
            ClusterId = "c",
            Match = new() { Path = "/a/{b}/{B}" },
        };

        Assert.NotEmpty(await Forwarder.ValidateRouteAsync(route));
    }

    [Fact]
    public async Task It_accepts_every_catalogue_that_we_accept()
    {
        var accepted = 0;
        await Catalogues.SampleAsync(
            async draft =>
            {
                var (catalogue, _) = draft.Read();
                if (catalogue is not null)
                {
                    Interlocked.Increment(ref accepted);
                    Assert.Empty(await FaultsOfAsync(catalogue));
                }
            },
            iter: 500
        );
        Assert.InRange(accepted, 100, int.MaxValue);
    }

    [Fact]
    public void Each_agency_is_one_cluster_with_all_its_addresses_the_preferred_one_first()
    {
        var config = Config(CatalogueDraft.New().Read().Catalogue!);

        var cluster = Assert.Single(config.Clusters);
        Assert.Equal("grid", cluster.ClusterId);
        Assert.Equal(
            ["http://127.0.0.1:9/", "http://127.0.0.2:9/base/"],
            cluster.Destinations!.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Address)
        );
        Assert.Equal(["grid-capacity/query", "grid-capacity/unit"], config.Routes.Select(route => route.RouteId));
        Assert.Equal(
            ["/share/grid-capacity/query", "/share/grid-capacity/units/{unit}"],
            config.Routes.Select(route => route.Match.Path)
        );
    }

    private static async Task<IEnumerable<Exception>> FaultsOfAsync(ServiceCatalogue catalogue)
    {
        var config = Config(catalogue);
        var faults = new List<Exception>();
        foreach (var route in config.Routes)
        {
            faults.AddRange(await Forwarder.ValidateRouteAsync(route));
        }

        foreach (var cluster in config.Clusters)
        {
            faults.AddRange(await Forwarder.ValidateClusterAsync(cluster));
        }

        return faults;
    }

    private static IProxyConfig Config(ServiceCatalogue catalogue) =>
        ShareProxyConfig.From(catalogue, new CancellationChangeToken(CancellationToken.None), new SharingOptions());

    private static JsonObject Catalogue(string[] paths, string[] methods)
    {
        var catalogue = CatalogueDraft.New();
        catalogue["resources"]![0]!["operations"] = new JsonArray([
            .. paths.Select((path, index) => CatalogueDraft.Operation($"o{index}", methods[index], path, "api")),
        ]);
        return catalogue;
    }

    private static Gen<string> Any(params string[] values) =>
        Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
