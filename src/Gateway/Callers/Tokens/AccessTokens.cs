using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// Validates access tokens. A signature costs 80 µs to check, so a valid token is remembered by its digest until it
/// expires; whether its client is still the one it was issued to is asked of the snapshot each time.
/// </summary>
internal sealed class AccessTokens
{
    /// <summary>Characters; ours have about 500.</summary>
    private const int MaxLength = 4096;

    /// <summary>Tokens remembered at most: each client holds a handful.</summary>
    private const int Capacity = 10_000;

    /// <summary>Clocks of the nodes may differ by so much when a token has just been issued.</summary>
    private static readonly TimeSpan NodeSkew = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters _rules;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Digest, Remembered> _remembered = new();

    public AccessTokens(TokenSigningKey key, IOptions<TokenOptions> options, TimeProvider time)
    {
        _time = time;
        _rules = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = key.SecurityKey,
            TryAllIssuerSigningKeys = true,
            RequireSignedTokens = true,
            ValidTypes = ["at+jwt"],
            ValidIssuer = new Uri(options.Value.Issuer).AbsoluteUri,
            ValidAudience = options.Value.Audience,
            RequireExpirationTime = true,
            // The library asks the wall clock; ours is asked below, on every use of the token.
            ValidateLifetime = false,
        };
    }

    /// <summary>The client the token was issued to, or why the token is not good now.</summary>
    public async ValueTask<(Client? Client, AuthenticationFault? Fault)> ValidateAsync(
        string token,
        CallersSnapshot callers
    )
    {
        if (token.Length is 0 or > MaxLength || !Ascii.IsValid(token))
        {
            return (null, AuthenticationFault.TokenMalformed);
        }

        var digest = Digest.From(token);
        if (!_remembered.TryGetValue(digest, out var remembered))
        {
            remembered = await VerifyAsync(token);
            if (remembered is null)
            {
                return (null, AuthenticationFault.TokenInvalid);
            }

            Remember(digest, remembered);
        }

        return Judge(remembered, callers);
    }

    private (Client? Client, AuthenticationFault? Fault) Judge(Remembered token, CallersSnapshot callers)
    {
        var now = _time.GetUtcNow();
        if (now >= token.ExpiresAt)
        {
            return (null, AuthenticationFault.TokenExpired);
        }

        if (now < token.ValidFrom - NodeSkew)
        {
            return (null, AuthenticationFault.TokenNotYetValid);
        }

        return callers.Find(token.ClientId) is { Enabled: true } client
            ? (client, null)
            : (null, AuthenticationFault.ClientDisabled);
    }

    private async Task<Remembered?> VerifyAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _rules);
        return result.IsValid && result.SecurityToken is JsonWebToken jwt && jwt.Subject is { Length: > 0 } subject
            ? new Remembered(
                subject,
                Later(jwt.ValidFrom, jwt.IssuedAt),
                new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero)
            )
            : null;
    }

    private void Remember(Digest digest, Remembered token)
    {
        if (_remembered.Count >= Capacity)
        {
            Forget();
        }

        _remembered[digest] = token;
    }

    private void Forget()
    {
        var now = _time.GetUtcNow();
        foreach (var (digest, token) in _remembered)
        {
            if (token.ExpiresAt <= now)
            {
                _remembered.TryRemove(digest, out _);
            }
        }

        if (_remembered.Count >= Capacity)
        {
            _remembered.Clear();
        }
    }

    private static DateTimeOffset Later(DateTime validFrom, DateTime issuedAt) =>
        new(validFrom > issuedAt ? validFrom : issuedAt, TimeSpan.Zero);

    private sealed record Remembered(string ClientId, DateTimeOffset ValidFrom, DateTimeOffset ExpiresAt);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Digest(UInt128 High, UInt128 Low)
    {
        public static Digest From(string token)
        {
            var bytes = ArrayPool<byte>.Shared.Rent(token.Length);
            var length = Encoding.ASCII.GetBytes(token, bytes);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.AsSpan(0, length), hash);
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
            return MemoryMarshal.Read<Digest>(hash);
        }
    }
}
