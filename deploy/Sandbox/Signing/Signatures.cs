using System.Security.Cryptography;
using System.Text;

namespace Integration.Sandbox.Signing;

/// <summary>The signatures the agencies demand, computed by the agencies' own hand: nothing here comes from the adapters.</summary>
internal static class Signatures
{
    private static readonly byte[] AgreedIv = "AESCBCPKCS5Paddi"u8.ToArray();

    /// <summary>Base64 HMAC-SHA256: exchange platform, <c>gateway_*</c> and <c>X-Client-Id</c>.</summary>
    public static string Hmac(string key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    /// <summary>Lower hex SHA-256: <c>x-tif-*</c>.</summary>
    public static string Sha256Hex(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Lower hex MD5: the IRS dialect prescribes it.</summary>
    public static string Md5Hex(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Base64 AES-128 with PKCS7 padding, key = first 16 bytes of SHA1(SHA1(appkey)): how call secrets travel on the exchange
    /// platform.
    /// </summary>
    public static string Encrypt(string appKey, string secret, SecretCipher cipher)
    {
        var key = SHA1.HashData(SHA1.HashData(Encoding.UTF8.GetBytes(appKey)))[..16];
        using var aes = Aes.Create();
        aes.Key = key;
        var plain = Encoding.UTF8.GetBytes(secret);
        var encrypted =
            cipher == SecretCipher.Ecb
                ? aes.EncryptEcb(plain, PaddingMode.PKCS7)
                : aes.EncryptCbc(plain, AgreedIv, PaddingMode.PKCS7);
        return Convert.ToBase64String(encrypted);
    }

    /// <summary>Compares in constant time.</summary>
    public static bool AreSame(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}

/// <summary>How the exchange platform encrypts call secrets.</summary>
internal enum SecretCipher
{
    Ecb,
    Cbc,
}
