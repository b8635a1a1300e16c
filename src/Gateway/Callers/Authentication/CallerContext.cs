using System.Reflection;
using Integration.Adapters.Ports;

namespace Integration.Gateway.Callers;

/// <summary>
/// Who is calling, and the one snapshot that the whole request is judged by. An endpoint takes it as a parameter.
/// </summary>
internal sealed record CallerContext(Caller Caller, CallersSnapshot Callers)
{
    /// <summary>Whether a person waits for the answer; set by the limits that stand behind authentication.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Live;

    /// <summary>Binds an endpoint's parameter. Only endpoints behind <see cref="CallerAuthentication"/> can have one.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lets requests in without authentication: a bug.</exception>
    public static ValueTask<CallerContext> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        _ = parameter;
        return ValueTask.FromResult(context.GetCaller());
    }
}

/// <summary>Access to the caller where parameters are not bound, e.g. in a proxy transform.</summary>
internal static class CallerContextAccess
{
    /// <summary>The caller of this request.</summary>
    /// <exception cref="InvalidOperationException">The request was not authenticated: a bug.</exception>
    public static CallerContext GetCaller(this HttpContext context) =>
        context.Features.Get<CallerContext>()
        ?? throw new InvalidOperationException("The endpoint needs a caller but lets requests in without one.");
}
