using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Integration.Gateway.Platform.Protection;

/// <summary>
/// AES-256-GCM under a key that serves one document: the key ring is asked once for a document instead of once for each of
/// its fields. The nonce counts the fields; the key is never used again.
/// </summary>
internal sealed class DocumentKey : IDisposable
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int CountLength = sizeof(int);
    private readonly AesGcm _aes;
    private int _count;

    public DocumentKey(byte[] key) => _aes = new AesGcm(key, TagLength);

    /// <summary>32 random bytes.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    /// <summary>Count, ciphertext and tag.</summary>
    public byte[] Seal(string text, string place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var result = new byte[CountLength + plain.Length + TagLength];
        BinaryPrimitives.WriteInt32BigEndian(result, checked(++_count));
        _aes.Encrypt(
            NonceOf(result),
            plain,
            result.AsSpan(CountLength, plain.Length),
            result.AsSpan(CountLength + plain.Length),
            Encoding.UTF8.GetBytes(place)
        );
        return result;
    }

    /// <summary>The text that was sealed at this place.</summary>
    /// <exception cref="CryptographicException">It was altered or moved.</exception>
    public string Open(byte[] sealedText, string place)
    {
        if (sealedText.Length < CountLength + TagLength)
        {
            throw new CryptographicException("Too short for a sealed field.");
        }

        var plain = new byte[sealedText.Length - CountLength - TagLength];
        _aes.Decrypt(
            NonceOf(sealedText),
            sealedText.AsSpan(CountLength, plain.Length),
            sealedText.AsSpan(CountLength + plain.Length),
            plain,
            Encoding.UTF8.GetBytes(place)
        );
        return Encoding.UTF8.GetString(plain);
    }

    public void Dispose() => _aes.Dispose();

    private static byte[] NonceOf(byte[] sealedText)
    {
        var nonce = new byte[NonceLength];
        sealedText.AsSpan(0, CountLength).CopyTo(nonce);
        return nonce;
    }
}
