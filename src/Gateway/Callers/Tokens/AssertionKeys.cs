using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>Tells OpenIddict which keys may have signed a client's assertion: those in the callers file, ES256 only.</summary>
internal sealed class AssertionKeys(CallerDirectory directory) : IOpenIddictServerHandler<ValidateTokenContext>
{
    /// <summary>Verified against for an issuer that is none of our clients, so that it takes as long.</summary>
    private static readonly JsonWebKey[] s_nobodys = [NewKey()];

    private const string ExplicitType = "client-authentication+jwt";

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
            // AssertionRules checks it: OpenIddict alone would refuse the address of the endpoint.
            context.DisableAudienceValidation = true;
            var rules = context.TokenValidationParameters!;
            rules.ClockSkew = AssertionRules.ClientSkew;
            rules.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
            rules.TypeValidator = (type, token, _) => AcceptedType(type, token);
            rules.TryAllIssuerSigningKeys = true;
            rules.IssuerSigningKeyResolver = (_, token, _, _) =>
                callers.Find(token.Issuer) is { Enabled: true, PublicKeys: { Count: > 0 } keys } ? keys : s_nobodys;
        }

        return ValueTask.CompletedTask;
    }

    private static JsonWebKey NewKey()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var half = ECDsa.Create(pair.ExportParameters(includePrivateParameters: false));
        return JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(half));
    }

    /// <summary>
    /// RFC 7523 prescribes no type, and most client libraries send <c>JWT</c> or none; OpenIddict alone would insist on the
    /// type of its successor draft.
    /// </summary>
    private static string AcceptedType(string? type, SecurityToken token)
    {
        if (!AssertionHeader.IsUnderstood(token))
        {
            throw new SecurityTokenValidationException(
                "The header of the assertion demands what is not understood here."
            );
        }

        return type is null or "" or "JWT" or ExplicitType
            ? ExplicitType
            : throw new SecurityTokenInvalidTypeException("The type is not that of a client assertion.");
    }
}
