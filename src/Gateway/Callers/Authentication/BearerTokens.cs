using Integration.Gateway.Callers.Tokens;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Callers;

/// <summary>Takes the access token out of the one Authorization header (RFC 6750 2.1; never from the address or a form).</summary>
internal sealed class BearerTokens(AccessTokens tokens, IOptions<TokenOptions> options)
{
    private const string Scheme = "Bearer ";

    public async ValueTask<Identified> IdentifyAsync(HttpContext context, CallersSnapshot callers)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return default;
        }

        if (!context.Request.IsHttps && !options.Value.AllowHttp)
        {
            return new Identified(Client: null, AuthenticationFault.TransportInsecure);
        }

        if (header is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new Identified(Client: null, AuthenticationFault.TokenMalformed);
        }

        var (client, fault) = await tokens.ValidateAsync(value[Scheme.Length..], callers);
        return new Identified(client, fault);
    }
}
