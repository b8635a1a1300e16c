using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// Is the client who it says it is? One answer for every failure, so that ids cannot be tried out. OpenIddict has checked
/// signature, issuer, audience and expiry of an assertion before; its replay is ours to check.
/// </summary>
internal sealed partial class ClientAuthentication(
    CallerDirectory directory,
    AssertionRules assertions,
    ClientCertificates certificates,
    ILogger<ClientAuthentication> logger
) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    /// <summary>Compared when there is no such client, so that it takes as long.</summary>
    private static readonly ClientSecret Nobody = ClientSecret.FromText(nameof(Nobody));

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ProcessAuthenticationContext>()
            .UseSingletonHandler<ClientAuthentication>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientSecret.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token)
        {
            return ValueTask.CompletedTask;
        }

        var callers = directory.Current;
        var client = callers.Find(context.ClientId ?? "");
        var fault = Examine(context, callers, client);
        if (fault is not null)
        {
            Log.TokenRefused(logger, client?.Caller.Id ?? "unknown", fault);
            context.Reject(Errors.InvalidClient, "The client is unknown, not enabled, or has not proved who it is.");
        }

        return ValueTask.CompletedTask;
    }

    private string? Examine(ProcessAuthenticationContext context, CallersSnapshot callers, Client? client)
    {
        var proved = context.ClientAssertionPrincipal is { } assertion
            ? client is not null && assertions.AcceptOnce(client.Caller.Id, assertion)
            : context.Request?.ClientSecret is { } secret && (client?.Secret ?? Nobody).Matches(secret);
        if (client is not { Enabled: true })
        {
            return "client";
        }

        if (!proved)
        {
            return context.ClientAssertionPrincipal is null ? "secret" : "assertion";
        }

        var certificate = certificates.Identify(context.Transaction.GetHttpRequest()!.HttpContext, callers);
        // The certificate of another client never helps; one of its own is needed only where both factors are due.
        var token = new Identified(client, Fault: null);
        return client.Require == RequiredFactors.Certificate
            ? "require"
            : Factors.Combine(certificate, token).Fault?.Code;
    }

    private static partial class Log
    {
        [LoggerMessage(1120, LogLevel.Warning, "No token for client {Client}: {Reason}")]
        public static partial void TokenRefused(ILogger logger, string client, string reason);
    }
}
