using System.Security.Cryptography;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>The key that signs and verifies our access tokens (ES256).</summary>
internal sealed class TokenSigningKey : IDisposable
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private readonly ECDsa _key = ECDsa.Create();

    // The library's usual cache is the process's and goes by key id: another host with the same key would get our disposed one.
    private readonly InMemoryCryptoProviderCache _providers = new();

    public TokenSigningKey(IOptions<TokenOptions> options)
    {
        if (!SecretReference.TryResolve(options.Value.SigningKey, out var pem, out var fault))
        {
            throw new OptionsValidationException(TokenOptions.Section, typeof(TokenOptions), [fault]);
        }

        _key.ImportFromPem(pem);
        SecurityKey = new ECDsaSecurityKey(_key) { CryptoProviderFactory = new CryptoProviderFactory(_providers) };
        SecurityKey.KeyId = Base64UrlEncoder.Encode(SecurityKey.ComputeJwkThumbprint());
        Credentials = new SigningCredentials(SecurityKey, SecurityAlgorithms.EcdsaSha256);
    }

    public ECDsaSecurityKey SecurityKey { get; }

    public SigningCredentials Credentials { get; }

    public void Dispose()
    {
        _providers.Dispose();
        _key.Dispose();
    }

    /// <summary>Why the text is not the PEM of a P-256 private key, or null when it is.</summary>
    public static string? FaultOf(string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            return parameters.Curve.Oid.Value == P256 ? null : "The key is not on the curve P-256.";
        }
        catch (Exception reason) when (reason is CryptographicException or ArgumentException)
        {
            return "It is not the PEM of an unencrypted EC private key.";
        }
    }
}
