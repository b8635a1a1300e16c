using Integration.Gateway.Platform.Http;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>What follows when a client has proved itself: it is remembered, and counts against its own rate.</summary>
internal sealed class TokenTurn(ProvenClients proven, TokenRate rate, CallerMetrics metrics)
{
    /// <summary>Whether the client may have its token now.</summary>
    /// <param name="http">The token request.</param>
    /// <param name="client">Has proved who it is.</param>
    /// <param name="secret">Its secret; null when it showed an assertion.</param>
    public bool Allows(HttpContext http, Client client, string? secret)
    {
        if (secret is not null)
        {
            proven.Remember(client, secret);
        }
        else
        {
            proven.Remember(client, AddressKey.From(http.Connection.RemoteIpAddress));
        }

        if (http.Features.Get<TokenAdmission>() is { IsCounted: true } || rate.AllowsClient(client.Caller.Id))
        {
            return true;
        }

        metrics.TokenRefused("client-rate");
        return false;
    }
}
