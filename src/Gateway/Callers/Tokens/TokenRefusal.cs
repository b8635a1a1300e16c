using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>Answers a refused token request as every other refusal is answered.</summary>
internal sealed partial class TokenRefusal(RefusalLogRate lines, ILogger<TokenRefusal> logger)
    : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ApplyTokenResponseContext>()
            .UseSingletonHandler<TokenRefusal>()
            .SetOrder(int.MinValue)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Response.Error is not { } error)
        {
            return;
        }

        if (lines.Allows())
        {
            Log.Refused(logger, error, context.Response.ErrorDescription);
        }

        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        var refusal = Describe(error, context.Response.ErrorDescription) with { OAuthError = error };
        await refusal.ToProblem().ExecuteAsync(http);
        context.HandleRequest();
    }

    private static Refusal Describe(string error, string? description) =>
        error is Errors.TemporarilyUnavailable ? Refusal.TooManyRequests
        : error is Errors.InvalidClient or Errors.UnauthorizedClient or Errors.InvalidGrant or Errors.InvalidToken
            ? AuthenticationFault.ClientUnproved.ToRefusal()
        : Refusal.RequestInvalid([new FieldFault("", error, description ?? "The token request is not valid.")]);

    private static partial class Log
    {
        [LoggerMessage(1121, LogLevel.Information, "Token request refused: {Error}: {Description}")]
        public static partial void Refused(ILogger logger, string error, string? description);
    }
}
