using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore.Authorization;

namespace Integration.Gateway.Callers;

/// <summary>
/// Lets a request in, or answers 401. Stands after routing and before every endpoint:
/// <list type="number">
/// <item>who does the certificate belong to, and is one required on this listener (on every route, unknown ones too);</item>
/// <item>is the endpoint open to all;</item>
/// <item>who does the token belong to;</item>
/// <item>do both belong to one client, and has it shown all that it must;</item>
/// <item>is the endpoint for this kind of caller.</item>
/// </list>
/// </summary>
internal sealed partial class CallerAuthentication(
    RequestDelegate next,
    CallerDirectory directory,
    ClientCertificates certificates,
    BearerTokens tokens,
    CallerMetrics metrics,
    RefusalLogRate lines,
    ILogger<CallerAuthentication> logger
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var callers = directory.Current;
        var certificate = certificates.Identify(context, callers);
        if (certificates.AreRequired(context) && certificate.Client is null)
        {
            await RefuseAsync(context, certificate.Fault ?? AuthenticationFault.CertificateMissing);
            return;
        }

        var endpoint = context.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(context);
            return;
        }

        var token = await tokens.IdentifyAsync(context, callers);
        var (client, fault) = Factors.Combine(certificate, token);
        if (client is null)
        {
            await RefuseAsync(context, fault!);
            return;
        }

        await AdmitAsync(context, client.Caller, endpoint, callers);
    }

    private Task AdmitAsync(HttpContext context, Caller caller, Endpoint endpoint, CallersSnapshot callers)
    {
        if (endpoint.Metadata.GetMetadata<CallerKinds>() is { } kinds && !kinds.Allowed.Contains(caller.Kind))
        {
            return Refusal
                .NotGranted("Rule kind: this is not for your kind of client.")
                .ToProblem()
                .ExecuteAsync(context);
        }

        context.Features.Set(new CallerContext(caller, callers));
        return next(context);
    }

    private Task RefuseAsync(HttpContext context, AuthenticationFault fault)
    {
        metrics.Refused(fault);
        if (lines.Allows())
        {
            Log.RequestRefused(logger, fault.Code);
        }

        context.Response.Headers.WWWAuthenticate =
            fault == AuthenticationFault.TokenMissing
                ? "Bearer realm=\"integration\""
                : $"Bearer realm=\"integration\", error=\"invalid_token\", error_description=\"{fault.Detail}\"";
        return fault.ToRefusal().ToProblem().ExecuteAsync(context);
    }

    private static partial class Log
    {
        [LoggerMessage(1110, LogLevel.Information, "Request refused: {Reason}")]
        public static partial void RequestRefused(ILogger logger, string reason);
    }
}
