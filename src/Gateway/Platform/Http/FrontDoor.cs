using System.Text;
using Integration.Gateway.Platform.Http.Front;
using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http;

/// <summary>
/// Before routing, for every request of every protocol: turns away what breaks a rule (docs/spec/front-filter.md), takes
/// away the headers that are the gateway's own, computes the one path, and gives every answer the headers that keep it
/// private. What can only be seen in the bytes, <see cref="FrontFilter"/> saw before.
/// </summary>
internal sealed partial class FrontDoor(
    RequestDelegate next,
    IOptions<GatewayHttpOptions> options,
    FrontMetrics metrics,
    ILogger<FrontDoor> logger
)
{
    private static readonly Refusal s_unfiltered = Refusal.Unavailable with
    {
        Detail =
            "This listener stands outside the front filter, so nothing is answered on it. Tell the gateway's operators.",
        Retry = Contracts.Problems.RetryAdvice.Never,
        RetryAfter = null,
    };

    private readonly HashSet<string> _hosts = new(options.Value.Hosts, StringComparer.OrdinalIgnoreCase);
    private int _saidUnfiltered;

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(KeepPrivateAsync, context.Response);
        HeaderRules.Strip(context.Request.Headers);
        var connection = context.Features.Get<FrontConnection>();
        if (connection is null || connection.IsHttp2 != HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            return RefuseUnfilteredAsync(context);
        }

        if (connection.Broken is { } inBytes)
        {
            return RefuseAsync(context, inBytes);
        }

        if (Broken(context) is { } rule)
        {
            metrics.Refused(rule);
            return RefuseAsync(context, rule);
        }

        PlainRequest.Make(context);
        return next(context);
    }

    private FrontRule? Broken(HttpContext context)
    {
        var request = context.Request;
        if (!IsKnown(request.Method))
        {
            return FrontRule.Method;
        }

        if (HeaderRules.Broken(request) is { } broken)
        {
            return broken;
        }

        if (request.Host.HasValue && !HostName.IsValid(Encoding.UTF8.GetBytes(request.Host.Value)))
        {
            return FrontRule.Host;
        }

        if (_hosts.Count > 0 && !_hosts.Contains(request.Host.Host))
        {
            return FrontRule.HostUnknown;
        }

        context.Features.Set(CanonicalPath.Parse(RawTarget(context), request.Path.Value ?? "", out broken));
        return broken;
    }

    private Task RefuseAsync(HttpContext context, FrontRule rule)
    {
        Log.FrontRefused(logger, rule);
        context.Response.Headers.Connection = HttpProtocol.IsHttp2(context.Request.Protocol) ? default : "close";
        return rule.Refusal.ToProblem().ExecuteAsync(context);
    }

    private Task RefuseUnfilteredAsync(HttpContext context)
    {
        if (Interlocked.Exchange(ref _saidUnfiltered, 1) == 0)
        {
            Log.ListenerUnfiltered(logger, context.Connection.LocalPort);
        }

        return s_unfiltered.ToProblem().ExecuteAsync(context);
    }

    private static string RawTarget(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static bool IsKnown(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS";

    private static Task KeepPrivateAsync(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1030, LogLevel.Debug, "The front filter refused a request: rule {Rule}")]
        public static partial void FrontRefused(ILogger logger, FrontRule rule);

        [LoggerMessage(
            1031,
            LogLevel.Error,
            "The listener on port {Port} stands outside the front filter and refuses everything: call UseFrontFilter after UseHttps, and leave https to the defaults or to Kestrel:Endpoints"
        )]
        public static partial void ListenerUnfiltered(ILogger logger, int port);
    }
}
