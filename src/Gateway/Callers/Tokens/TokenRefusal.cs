using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>Answers a refused token request as every other refusal is answered.</summary>
internal sealed class TokenRefusal : IOpenIddictServerHandler<ApplyTokenResponseContext>
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

        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        await Describe(error, context.Response.ErrorDescription).ToProblem().ExecuteAsync(http);
        context.HandleRequest();
    }

    private static Refusal Describe(string error, string? description) =>
        error is Errors.InvalidClient or Errors.UnauthorizedClient or Errors.InvalidGrant or Errors.InvalidToken
            ? AuthenticationFault.ClientUnproved.ToRefusal()
            : Refusal.RequestInvalid([new FieldFault("", error, description ?? "The token request is not valid.")]);
}
