namespace Integration.Gateway.Platform.OpenApi;

/// <summary>For endpoints whose answer is the same for every caller.</summary>
internal static class CachedResponses
{
    /// <summary>
    /// Makes the answer once and writes it from then on. Other names of a document than this one are 404.
    /// </summary>
    public static TBuilder CacheResponse<TBuilder>(this TBuilder endpoints, string document)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            if (endpoint.RequestDelegate is { } make)
            {
                endpoint.RequestDelegate = new CachedResponse(make, document).AnswerAsync;
            }
        });
        return endpoints;
    }
}
