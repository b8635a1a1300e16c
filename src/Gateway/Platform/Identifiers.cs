using System.Security.Cryptography;

namespace Integration.Gateway.Platform;

/// <summary>
/// Our own numbers: prefix, underscore and 26 characters of Crockford Base32 (48 bits of milliseconds, 80 random bits), so
/// they sort by time and cannot be guessed.
/// </summary>
internal static class Identifiers
{
    /// <summary>Crockford Base32, in order.</summary>
    public const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New(string prefix, TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[6..]);
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 5; i >= 0; i--, milliseconds >>= 8)
        {
            bytes[i] = (byte)milliseconds;
        }

        Span<char> text = stackalloc char[26];
        var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        for (var i = text.Length - 1; i >= 0; i--, value >>= 5)
        {
            text[i] = Alphabet[(int)(value & 31)];
        }

        return $"{prefix}_{text}";
    }
}
