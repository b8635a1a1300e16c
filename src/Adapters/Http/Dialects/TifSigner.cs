namespace Integration.Adapters.Http.Dialects;

/// <summary>Signs with <c>x-tif-*</c>.</summary>
/// <param name="paasId">Who calls.</param>
/// <param name="token">The shared token.</param>
/// <param name="serviceId">The service called; null where the platform does not ask for it.</param>
/// <param name="time">Clock.</param>
internal sealed class TifSigner(string paasId, string token, string? serviceId, TimeProvider time) : IDialectSigner
{
    public ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (timestamp, nonce) = (Freshness.Seconds(time), Freshness.Nonce());
        request.SetHeader("x-tif-paasid", paasId);
        request.SetHeader("x-tif-timestamp", timestamp);
        request.SetHeader("x-tif-nonce", nonce);
        request.SetHeader("x-tif-serviceId", serviceId);

        request.SetHeader(
            "x-tif-signature",
            TifSignature.Compute(timestamp, token, nonce, namesService: serviceId is not null)
        );
        return ValueTask.CompletedTask;
    }
}
