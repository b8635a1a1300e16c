using Integration.Adapters.Http.Dialects;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Electricity.Keys;

/// <summary>Signs secret requests under the secret that the request names.</summary>
internal sealed class IrsSecretSigner(IOptions<ElectricityOptions> options, TimeProvider time) : IDialectSigner
{
    /// <summary>Request option that holds the secret to sign under.</summary>
    public const string Secret = "integration.irs.secret";

    private static readonly HttpRequestOptionsKey<string> s_secret = new(Secret);

    public ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var secret = request.Options.TryGetValue(s_secret, out var named)
            ? named
            : throw new InvalidOperationException("An IRS secret request names no secret to sign under.");
        IrsSigner.Sign(request, secret, options.Value.AppId, time);
        return ValueTask.CompletedTask;
    }
}
