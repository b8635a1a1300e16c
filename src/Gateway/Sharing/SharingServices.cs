using Integration.Gateway.Platform.Files;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Settings;
using Integration.Gateway.Sharing.Answering;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Forwarding;
using Integration.Gateway.Sharing.Operations;
using Microsoft.AspNetCore.OpenApi;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace Integration.Gateway.Sharing;

/// <summary>The sharing plane: single services of agencies, forwarded under grants.</summary>
internal static class SharingServices
{
    public static void AddSharing(this IServiceCollection services)
    {
        services.AddStrictOptions<SharingOptions>(SharingOptions.Section);
        services.AddReloadingFile<CatalogueDirectory>();
        services.Configure<OpenApiOptions>(
            ApiDescription.Document,
            api => api.AddDocumentTransformer<ShareDescription>()
        );

        services.AddSingleton<GrantedFields>();
        services.AddSingleton<OperationGates>();
        services.AddSingleton<RecentFailures>();
        services.AddSingleton<SharingReadModel>();
        services.AddSingleton<SharedEvidence>();
        services.AddSingleton<AnswerReceiver>();
        services.AddSingleton<ForwardAttempts>();
        services.AddSingleton<ShareHandler>();
        services.AddSingleton<TestCall>();
        services.AddSingleton<IProxyConfigProvider, ShareProxyConfig>();
        services.AddSingleton<IForwarderHttpClientFactory, ShareClients>();
        services.AddSingleton<IProbingRequestFactory, ShareProbes>();
        services.AddSingleton<RestingAddresses>();
        services.AddSingleton<IPassiveHealthCheckPolicy>(provider => provider.GetRequiredService<RestingAddresses>());
        services.AddReverseProxy().AddTransforms<ShareTransforms>();
    }

    /// <summary><c>GET|POST /share/{resource}/{**path}</c>: a route for each operation of the catalogue in force.</summary>
    public static void MapSharing(this WebApplication app)
    {
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(
                (http, forward) => http.RequestServices.GetRequiredService<ShareHandler>().HandleAsync(http, forward)
            );
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        app.MapSharingOperations();
        app.Map($"{ServiceCatalogue.Prefix}{{**path}}", NoSuchOperation).ExcludeFromDescription();
    }

    /// <summary>Only a caller that is known learns which paths there are.</summary>
    private static IResult NoSuchOperation(HttpContext http, CatalogueDirectory catalogues)
    {
        var methods = string.Join(", ", catalogues.Current.MethodsOf(http.GetCanonicalPath()));
        if (methods.Length == 0)
        {
            return Refusal.NotFound("This shared resource").ToProblem();
        }

        http.Response.Headers.Allow = methods;
        return Refusal.MethodNotAllowed.ToProblem();
    }
}
