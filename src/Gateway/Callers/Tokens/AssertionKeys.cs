using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>Tells OpenIddict which keys may have signed a client's assertion: those in the callers file, ES256 only.</summary>
internal sealed class AssertionKeys(CallerDirectory directory) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ValidateTokenContext>()
            .UseSingletonHandler<AssertionKeys>()
            .SetOrder(OpenIddictServerHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.ClientAssertion))
        {
            var callers = directory.Current;
            context.TokenValidationParameters!.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
            context.TokenValidationParameters.TryAllIssuerSigningKeys = true;
            context.TokenValidationParameters.IssuerSigningKeyResolver = (_, token, _, _) =>
                callers.Find(token.Issuer) is { Enabled: true } client ? client.PublicKeys : [];
        }

        return ValueTask.CompletedTask;
    }
}
