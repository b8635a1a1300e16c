using System.Security.Cryptography;
using System.Text;

namespace Integration.Gateway.Callers;

/// <summary>
/// A client's secret as we keep it: a PBKDF2-SHA256 hash from the file, or the SHA-256 digest of a secret that was read by
/// reference. The secret itself is not kept.
/// </summary>
internal sealed class ClientSecret
{
    public const string HashPrefix = "pbkdf2-sha256";

    /// <summary>Characters of a secret by reference; a random one of this length cannot be guessed.</summary>
    public const int MinLength = 24;

    private const int MinIterations = 100_000;
    private const int MaxIterations = 1_000_000;
    private const int MinSaltBytes = 16;
    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private ClientSecret(int iterations, byte[] salt, byte[] hash)
    {
        _iterations = iterations;
        _salt = salt;
        _hash = hash;
    }

    /// <summary>For the fingerprint of the directory only.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    public static ClientSecret FromText(string secret) =>
        new(iterations: 0, salt: [], SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Reads <c>pbkdf2-sha256:&lt;iterations&gt;:&lt;salt, Base64&gt;:&lt;hash, Base64&gt;</c>; null when it is not that.</summary>
    public static ClientSecret? FromHash(string text)
    {
        var parts = text.Split(':');
        if (
            parts is not [HashPrefix, var count, var saltText, var hashText]
            || !int.TryParse(count, System.Globalization.NumberStyles.None, provider: null, out var iterations)
            || iterations is < MinIterations or > MaxIterations
        )
        {
            return null;
        }

        return
            Base64(saltText) is { Length: >= MinSaltBytes } salt
            && Base64(hashText) is { Length: SHA256.HashSizeInBytes } hash
            ? new ClientSecret(iterations, salt, hash)
            : null;
    }

    public bool Matches(string presented)
    {
        var bytes = Encoding.UTF8.GetBytes(presented);
        var digest =
            _iterations == 0
                ? SHA256.HashData(bytes)
                : Rfc2898DeriveBytes.Pbkdf2(bytes, _salt, _iterations, HashAlgorithmName.SHA256, _hash.Length);
        return CryptographicOperations.FixedTimeEquals(digest, _hash);
    }

    public override string ToString() => "***";

    private static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }
}
