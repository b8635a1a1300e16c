using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Evidence;

/// <summary>The public keys with which receipts are checked, as a JSON Web Key Set; the one that signs now comes first.</summary>
internal sealed class ReceiptKeys
{
    public ReceiptKeys(IOptions<ReceiptOptions> options)
    {
        var keys = new List<object>();
        foreach (var key in options.Value.ResolveRetiredKeys().Prepend(options.Value.ResolveSigningKey()))
        {
            keys.Add(JwkOf(key));
            key.Dispose();
        }

        Json = JsonSerializer.SerializeToUtf8Bytes(new { keys });
    }

    /// <summary>The set, UTF-8.</summary>
    public byte[] Json { get; }

    private static object JwkOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var x = Base64Url.EncodeToString(point.X);
        var y = Base64Url.EncodeToString(point.Y);
        // RFC 7638: the members in alphabetical order, no white space.
        var thumbprint = SHA256.HashData(
            Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")
        );
        return new
        {
            kty = "EC",
            crv = "P-256",
            x,
            y,
            use = "sig",
            alg = "ES256",
            kid = Base64Url.EncodeToString(thumbprint),
        };
    }
}
