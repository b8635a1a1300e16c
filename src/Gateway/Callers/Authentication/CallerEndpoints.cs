namespace Integration.Gateway.Callers;

/// <summary>Which kinds of callers an endpoint is for.</summary>
internal sealed record CallerKinds(IReadOnlyList<CallerKind> Allowed);

/// <summary>
/// What an endpoint says about its callers. Without a word an endpoint needs an authenticated caller of any kind;
/// only <c>AllowAnonymous()</c> opens it.
/// </summary>
internal static class CallerEndpoints
{
    /// <summary>Only these kinds of callers; others get 403 <c>not-granted</c>.</summary>
    public static TBuilder RequireCaller<TBuilder>(this TBuilder builder, params CallerKind[] kinds)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new CallerKinds(kinds));
}
