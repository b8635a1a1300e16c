using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// What a token request meets before OpenIddict looks at it:
/// <list type="number">
/// <item>its form and credentials are read, within bounds;</item>
/// <item>a client that shows the secret with which it proved itself lately counts against its own rate only, so no other sender can use that up;</item>
/// <item>every other client counts against the rate of the address, and a client that came from there lately with an assertion has a rate behind it.</item>
/// </list>
/// </summary>
internal sealed class TokenDoor(CallerDirectory directory, ProvenClients proven, TokenRate rate, CallerMetrics metrics)
{
    /// <summary>Null when the request may be looked at; otherwise what it is told.</summary>
    public async ValueTask<Refusal?> RefuseAsync(HttpContext context)
    {
        if (
            !(await TokenForm.ReadAsync(context.Request)).Succeeded(out var form, out var unreadable)
            || !TokenCredentials.Parse(context.Request, form).Succeeded(out var credentials, out unreadable)
        )
        {
            metrics.TokenRefused("form");
            return unreadable;
        }

        // OpenIddict reads this and nothing else.
        context.Request.Form = form;
        var client = directory.Current.Find(credentials.ClientId);
        return proven.Knows(client, credentials.Secret)
            ? OfClient(context, client!)
            : OfAddress(context, credentials, client);
    }

    private Refusal? OfClient(HttpContext context, Client client)
    {
        if (rate.AllowsClient(client.Caller.Id))
        {
            context.Features.Set(new TokenAdmission(IsCounted: true));
            return null;
        }

        metrics.TokenRefused("client-rate");
        return Refusal.TooManyRequests;
    }

    private Refusal? OfAddress(HttpContext context, TokenCredentials credentials, Client? client)
    {
        var address = context.Connection.RemoteIpAddress;
        if (
            rate.Allows(address, out var refusal)
            || (
                credentials.HasAssertion
                && proven.HasCome(client, AddressKey.From(address))
                && rate.AllowsReturning(credentials.ClientId, AddressKey.From(address))
            )
        )
        {
            context.Features.Set(new TokenAdmission(IsCounted: false));
            return null;
        }

        metrics.TokenRefused("address-rate");
        return refusal;
    }
}

/// <summary>A token request that was let through the door.</summary>
/// <param name="IsCounted">Whether it has been counted against the client's own rate already.</param>
internal sealed record TokenAdmission(bool IsCounted);
