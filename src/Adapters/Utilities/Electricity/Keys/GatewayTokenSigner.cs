using Integration.Adapters.Http.Dialects;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Electricity.Keys;

/// <summary>Signs token requests under the app key.</summary>
internal sealed class GatewayTokenSigner(IOptions<ElectricityOptions> options, TimeProvider time) : IDialectSigner
{
    private readonly string _appKey = options.Value.RevealAppSecret();

    public ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        GatewaySigner.Sign(request, _appKey, options.Value.AppId, time);
        return ValueTask.CompletedTask;
    }
}
