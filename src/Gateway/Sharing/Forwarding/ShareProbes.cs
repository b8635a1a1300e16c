using System.Net;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>The one kind of request that leaves unsigned: whether an address is alive.</summary>
internal sealed class ShareProbes : IProbingRequestFactory
{
    private static readonly HttpRequestOptionsKey<bool> s_probe = new("integration.probe");

    public HttpRequestMessage CreateRequest(ClusterModel cluster, DestinationModel destination)
    {
        var path = cluster.Config.HealthCheck?.Active?.Path ?? "/";
        var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"{destination.Config.Address.TrimEnd('/')}/{path.TrimStart('/')}")
        )
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Options.Set(s_probe, true);
        return request;
    }

    /// <summary>Whether a request was made here.</summary>
    public static bool IsOne(HttpRequestMessage request) => request.Options.TryGetValue(s_probe, out _);
}
