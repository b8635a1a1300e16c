namespace Integration.Gateway.Platform.Http;

/// <summary>Who judges the content type of a request.</summary>
internal static class ContentTypeRouting
{
    private const string FrameworkPolicy = "AcceptsMatcherPolicy";

    /// <summary>
    /// The endpoint, which names the types that it takes and answers only a known caller. What an endpoint accepts is stated for the
    /// description; the framework's router would turn other types away by it before the endpoint is chosen, with no word about which are
    /// right. Comes after everything that adds routing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The framework's policy has another name in this version.</exception>
    public static void LeaveContentTypesToEndpoints(this IServiceCollection services) =>
        services.Remove(
            services.Single(service =>
                service.ServiceType == typeof(MatcherPolicy) && service.ImplementationType?.Name == FrameworkPolicy
            )
        );
}
