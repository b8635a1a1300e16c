using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Json;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Evidence;

/// <summary>
/// Signs answers: ECDSA P-256 with SHA-256 over the body exactly as it is sent, with the signature's own value empty
/// (docs/spec/receipts.md). The body that was signed has to be kept and sent again as it is.
/// </summary>
internal sealed class ReceiptSigner(IOptions<ReceiptOptions> options, TimeProvider time) : IDisposable
{
    private static readonly byte[] s_empty = Encoding.UTF8.GetBytes(
        """
        "receipt":{"id":"","signature":""}
        """.Trim()
    );

    /// <summary>An instance signs one answer at a time.</summary>
    private readonly ConcurrentBag<ECDsa> _keys = [];

    /// <summary>Stands in an answer until it is signed.</summary>
    public static Receipt Unsigned { get; } = new() { Id = string.Empty, Signature = string.Empty };

    /// <summary>The body to send.</summary>
    /// <param name="answer">An answer whose <c>receipt</c> is <see cref="Unsigned"/>.</param>
    /// <exception cref="InvalidOperationException">The answer has no such receipt: a bug.</exception>
    public byte[] Sign<T>(T answer)
        where T : notnull
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.For<T>());
        var at = body.AsSpan().LastIndexOf(s_empty);
        if (at < 0)
        {
            throw new InvalidOperationException($"{typeof(T).Name} has no unsigned receipt.");
        }

        var receipt = Encoding.UTF8.GetBytes(
            $"\"receipt\":{{\"id\":\"{Identifiers.New("rcp", time)}\",\"signature\":\""
        );
        byte[] head = [.. body.AsSpan(0, at), .. receipt];
        byte[] tail = [(byte)'"', .. body.AsSpan(at + s_empty.Length - 1)];
        return [.. head, .. Encoding.UTF8.GetBytes(SignatureOf([.. head, .. tail])), .. tail];
    }

    public void Dispose()
    {
        while (_keys.TryTake(out var key))
        {
            key.Dispose();
        }
    }

    private string SignatureOf(byte[] signed)
    {
        if (!_keys.TryTake(out var key))
        {
            key = options.Value.ResolveSigningKey();
        }

        try
        {
            return Convert.ToBase64String(key.SignData(signed, HashAlgorithmName.SHA256));
        }
        finally
        {
            _keys.Add(key);
        }
    }
}
