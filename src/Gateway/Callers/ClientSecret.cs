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

    /// <summary>Characters; a longer one is no secret of any client, and nothing is computed for it.</summary>
    public const int MaxLength = 1024;

    private const int MinIterations = 100_000;
    private const int MaxIterations = 1_000_000;
    private const int MinSaltBytes = 16;

    /// <summary>Compared where there is no secret to compare: no text has this digest.</summary>
    private static readonly ClientSecret s_nothing = new(
        iterations: 0,
        salt: [],
        RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes)
    );

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private ClientSecret(int iterations, byte[] salt, byte[] hash)
    {
        Iterations = iterations;
        _salt = salt;
        _hash = hash;
    }

    /// <summary>What it costs to compare it; 0 for a digest.</summary>
    public int Iterations { get; }

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

    /// <summary>
    /// Whether a text is the secret. It takes as long for every secret of a file, and for none: what the comparison costs less
    /// than the dearest one is spent on top.
    /// </summary>
    /// <param name="secret">Null: there is no such client, or none that a secret can prove.</param>
    /// <param name="presented">At most <see cref="MaxLength"/> characters.</param>
    /// <param name="iterations">What the dearest secret of the file costs.</param>
    public static bool Proves(ClientSecret? secret, string presented, int iterations)
    {
        var bytes = Encoding.UTF8.GetBytes(presented);
        var compared = secret ?? s_nothing;
        var proves = compared.Matches(bytes);
        var left = iterations - compared.Iterations;
        if (left > 0)
        {
            _ = Derive(bytes, s_nothing._hash, left);
        }

        return proves && secret is not null;
    }

    public override string ToString() => "***";

    private bool Matches(byte[] presented) =>
        CryptographicOperations.FixedTimeEquals(
            Iterations == 0 ? SHA256.HashData(presented) : Derive(presented, _salt, Iterations),
            _hash
        );

    private static byte[] Derive(byte[] presented, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(presented, salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);

    private static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }
}
