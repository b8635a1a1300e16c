using Yarp.ReverseProxy.Configuration;

namespace Integration.Benchmarks;

/// <summary>The yardstick: YARP with one route and one destination and nothing else, in a process of its own.</summary>
internal static class BareYarp
{
    public static async Task<int> RunAsync(string listenOn, string destination)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listenOn);
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                [
                    new RouteConfig
                    {
                        RouteId = "all",
                        ClusterId = "agency",
                        Match = new RouteMatch { Path = "{**path}" },
                    },
                ],
                [
                    new ClusterConfig
                    {
                        ClusterId = "agency",
                        Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
                        {
                            ["one"] = new() { Address = destination },
                        },
                    },
                ]
            );

        var app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
        return 0;
    }
}
