using System.Globalization;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Limits;
using Integration.Gateway.Platform.Problems;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Intake;

/// <summary>
/// Gives a registered origin the permission to deliver (CloudEvents "HTTP 1.1 Web Hooks" section 4.1). The permission is no
/// authentication: each delivery needs its token and its signature all the same. Any other origin learns what any
/// unknown method tells: that there is a POST.
/// </summary>
internal sealed class WebHookValidation(
    IOptions<EventOptions> options,
    CallerGates gates,
    IOptions<LimitOptions> limits
)
{
    public const string RequestOrigin = "WebHook-Request-Origin";
    public const string RequestRate = "WebHook-Request-Rate";
    public const string AllowedOrigin = "WebHook-Allowed-Origin";
    public const string AllowedRate = "WebHook-Allowed-Rate";

    /// <summary>The answer to <c>OPTIONS</c>. A call-back address is never called: the answer is given at once.</summary>
    public IResult Answer(HttpContext http)
    {
        http.Response.Headers.Allow = HttpMethods.Post;
        if (
            http.Request.Headers[RequestOrigin] is not [{ Length: > 0 } origin]
            || SourceOf(origin) is not { } source
            || !TryRate(http.Request.Headers[RequestRate], out var wanted)
        )
        {
            return Refusal.MethodNotAllowed.ToProblem();
        }

        http.Response.Headers[AllowedOrigin] = origin;
        if (wanted is { } rate)
        {
            var allowed = Math.Min(rate, PerMinute(source));
            http.Response.Headers[AllowedRate] = allowed.ToString(CultureInfo.InvariantCulture);
        }

        return Results.Ok();
    }

    private EventSourceOptions? SourceOf(string origin) =>
        options.Value.Sources.FirstOrDefault(source =>
            source.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Requests a minute; none asked for is fine, something that is no number is not.</summary>
    private static bool TryRate(Microsoft.Extensions.Primitives.StringValues header, out long? rate)
    {
        rate = null;
        if (header.Count == 0)
        {
            return true;
        }

        if (
            header is not [var text]
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number == 0
        )
        {
            return false;
        }

        rate = number;
        return true;
    }

    /// <summary>What the slowest client of the source may send.</summary>
    private long PerMinute(EventSourceOptions source) =>
        60L
        * source
            .Clients.Select(client => gates.Find(client)?.Limits.PerSecond ?? limits.Value.CallerPerSecond)
            .DefaultIfEmpty(limits.Value.CallerPerSecond)
            .Min();
}
