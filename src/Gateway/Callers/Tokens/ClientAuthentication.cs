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
    SecretProof secrets,
    TokenTurn turn,
    RefusalLogRate lines,
    ILogger<ClientAuthentication> logger
) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
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

        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var callers = directory.Current;
        var client = callers.Find(context.ClientId ?? "");
        var proof = Prove(context, callers, client);
        var fault = proof == SecretProof.Outcome.Busy ? null : Examine(context, callers, client, proof);
        if (fault is not null)
        {
            if (lines.Allows())
            {
                Log.TokenRefused(logger, client?.Caller.Id ?? "unknown", fault);
            }

            context.Reject(Errors.InvalidClient, "The client is unknown, not enabled, or has not proved who it is.");
        }
        else if (proof == SecretProof.Outcome.Busy || !turn.Allows(http, client!, SecretOf(context)))
        {
            context.Reject(Errors.TemporarilyUnavailable, "Too many token requests.");
        }

        return ValueTask.CompletedTask;
    }

    private SecretProof.Outcome Prove(ProcessAuthenticationContext context, CallersSnapshot callers, Client? client) =>
        context.ClientAssertionPrincipal is { } assertion
            ? client is not null && assertions.AcceptOnce(client.Caller.Id, assertion)
                ? SecretProof.Outcome.Proved
                : SecretProof.Outcome.Wrong
            : SecretOf(context) is { } secret
                ? secrets.Compare(client, secret, callers)
                : SecretProof.Outcome.Wrong;

    private static string? SecretOf(ProcessAuthenticationContext context) =>
        context.ClientAssertionPrincipal is null ? context.Request?.ClientSecret : null;

    private string? Examine(
        ProcessAuthenticationContext context,
        CallersSnapshot callers,
        Client? client,
        SecretProof.Outcome proof
    )
    {
        if (client is not { Enabled: true })
        {
            return "client";
        }

        if (proof != SecretProof.Outcome.Proved)
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
