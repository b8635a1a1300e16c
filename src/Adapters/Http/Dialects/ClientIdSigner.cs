namespace Integration.Adapters.Http.Dialects;

/// <summary>Signs with <c>X-Client-Id</c> and its companions.</summary>
/// <param name="clientId">Who calls.</param>
/// <param name="secret">The shared secret.</param>
/// <param name="time">Clock.</param>
internal sealed class ClientIdSigner(string clientId, string secret, TimeProvider time) : IDialectSigner
{
    public ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (timestamp, nonce) = (Freshness.Milliseconds(time), Freshness.Nonce());
        request.SetHeader("X-Client-Id", clientId);
        request.SetHeader("X-Timestamp", timestamp);
        request.SetHeader("X-Nonce", nonce);
        request.SetHeader("X-Signature", ClientIdSignature.Compute(clientId, secret, timestamp, nonce));
        return ValueTask.CompletedTask;
    }
}
