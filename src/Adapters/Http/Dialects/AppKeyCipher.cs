using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Integration.Adapters.Http.Dialects;

/// <summary>How the call key is encrypted on its way to us.</summary>
internal enum KeyEncryption
{
    /// <summary>AES-128/ECB/PKCS7.</summary>
    Ecb,

    /// <summary>AES-128/CBC/PKCS7 under the fixed initialisation vector of that dialect.</summary>
    Cbc,
}

/// <summary>
/// Decrypts call keys that a platform hands out: AES-128, key = the first 16 bytes of SHA1(SHA1(UTF8(application key))).
/// SHA-1, ECB and the fixed vector are what these protocols prescribe.
/// </summary>
internal static class AppKeyCipher
{
    private const int KeyBytes = 16;

    private static ReadOnlySpan<byte> CbcVector => "AESCBCPKCS5Paddi"u8;

    /// <summary>False when the text is not Base64 or was not encrypted under this application key.</summary>
    public static bool TryDecrypt(
        string applicationKey,
        string encrypted,
        KeyEncryption encryption,
        [NotNullWhen(true)] out string? key
    )
    {
        key = null;
        try
        {
            // Platforms break the Base64 text into lines.
            var bytes = Convert.FromBase64String(encrypted.ReplaceLineEndings(string.Empty));
            using var aes = Aes.Create();
            aes.Key = DeriveKey(applicationKey);
            var plain =
                encryption == KeyEncryption.Cbc
                    ? aes.DecryptCbc(bytes, CbcVector, PaddingMode.PKCS7)
                    : aes.DecryptEcb(bytes, PaddingMode.PKCS7);
            key = Encoding.UTF8.GetString(plain);
            return key.Length > 0;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }

    internal static byte[] DeriveKey(string applicationKey) =>
        SHA1.HashData(SHA1.HashData(Encoding.UTF8.GetBytes(applicationKey)))[..KeyBytes];
}
