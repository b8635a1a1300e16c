using Integration.Gateway.Platform.Problems;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http;

/// <summary>Turns away what nobody here answers, and gives every answer the headers that keep it private.</summary>
internal sealed class FrontDoor(RequestDelegate next, IOptions<GatewayHttpOptions> options)
{
    private static readonly Refusal s_method = Refusal.Malformed(StatusCodes.Status400BadRequest) with
    {
        Detail = "TRACE and CONNECT are not answered here, on any address.",
    };

    private static readonly Refusal s_host = Refusal.Malformed(StatusCodes.Status400BadRequest) with
    {
        Detail = "The Host header names a host that is not served here. Use the address you were given.",
    };

    private readonly HashSet<string> _hosts = new(options.Value.Hosts, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(KeepPrivate, context.Response);
        var request = context.Request;
        if (HttpMethods.IsTrace(request.Method) || HttpMethods.IsConnect(request.Method))
        {
            return s_method.ToProblem().ExecuteAsync(context);
        }

        return _hosts.Count > 0 && !_hosts.Contains(request.Host.Host)
            ? s_host.ToProblem().ExecuteAsync(context)
            : next(context);
    }

    private static Task KeepPrivate(object state)
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
}
