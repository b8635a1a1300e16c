using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Integration.Gateway.Signatures.Trust;

/// <summary>
/// Judges registered signers and remembers each verdict for <see cref="Remembered"/>, so that a message costs parsing, a digest
/// and one signature only.
/// </summary>
internal sealed partial class SignerTrust(TimeProvider time, ILogger<SignerTrust> logger)
{
    /// <summary>How far another's clock may be ahead.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>How long a revocation list that is out of date is still relied on.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>How long a verdict stands at most; a changed list ends it within a second.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly ConditionalWeakTable<RegisteredSigner, Known> _known = [];
    private readonly ConcurrentDictionary<(string Reference, string Issuer), RevocationFile> _files = new();

    /// <summary>The signer's key; null when it is not of an allowed kind and size.</summary>
    public SignerKey? KeyOf(RegisteredSigner signer) => KnownFor(signer).Key;

    /// <summary>How the signer stands now.</summary>
    public SignerStanding StandingOf(RegisteredSigner signer)
    {
        var known = KnownFor(signer);
        var now = time.GetUtcNow();
        if (known.Standing is { } standing && standing.HoldsAt(now))
        {
            return standing;
        }

        lock (known.Judging)
        {
            if (known.Standing is not { } other || other.At != now || !other.HoldsAt(now))
            {
                var before = known.Standing;
                known.Standing = Judge(signer, now);
                Tell(signer, before, known.Standing);
            }

            return known.Standing;
        }
    }

    private Known KnownFor(RegisteredSigner signer) =>
        _known.GetValue(signer, static signer => new Known(SignerKey.From(signer.Certificate)));

    private SignerStanding Judge(RegisteredSigner signer, DateTimeOffset now)
    {
        var standing = new SignerStanding
        {
            Refused = null,
            At = now,
            Until = Earlier(now + Remembered, now < signer.ValidUntil ? signer.ValidUntil : DateTimeOffset.MaxValue),
        };
        if (!CertificateChain.IssuerOf(signer, now).Succeeded(out var issuer, out var refusal))
        {
            return standing with { Refused = refusal };
        }

        if (signer.RevocationList is not { } reference)
        {
            return standing;
        }

        var file = _files.GetOrAdd(
            (reference, Convert.ToHexString(issuer.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256))),
            key => new RevocationFile(key.Reference, issuer, logger)
        );
        return WithRevocation(standing with { File = file }, signer, file.Refresh(now));
    }

    private static SignerStanding WithRevocation(SignerStanding standing, RegisteredSigner signer, RevocationList? list)
    {
        if (list?.Covers(signer.Certificate) != true)
        {
            return standing with { Refused = SignatureRules.RevocationData };
        }

        if (list.Names(signer.Certificate))
        {
            return standing with { Refused = SignatureRules.Revoked };
        }

        if (standing.At <= list.OutOfDate)
        {
            return standing with { Until = Earlier(standing.Until, list.OutOfDate) };
        }

        var end = list.OutOfDate + Grace;
        return standing.At <= end
            ? standing with
            {
                IsInGrace = true,
                Until = Earlier(standing.Until, end),
            }
            : standing with
            {
                Refused = SignatureRules.RevocationData,
            };
    }

    private void Tell(RegisteredSigner signer, SignerStanding? before, SignerStanding after)
    {
        if (after.Refused is { } refusal && before?.Refused?.Detail != refusal.Detail)
        {
            Log.SignerRefused(logger, signer.Owner, signer.Thumbprint, refusal.Detail);
        }
        else if (after.IsInGrace && before?.IsInGrace != true)
        {
            Log.SignerInGrace(logger, signer.Owner, signer.Thumbprint);
        }
        else if (after is { Refused: null, IsInGrace: false } && before is { Refused: not null } or { IsInGrace: true })
        {
            Log.SignerRestored(logger, signer.Owner, signer.Thumbprint);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed class Known(SignerKey? key)
    {
        public SignerKey? Key { get; } = key;

        public Lock Judging { get; } = new();

        public SignerStanding? Standing
        {
            get => Volatile.Read(ref field);
            set => Volatile.Write(ref field, value);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1602,
            LogLevel.Error,
            "What {Owner} signs with certificate {Thumbprint} is refused from now on: {Reason}"
        )]
        public static partial void SignerRefused(ILogger logger, string owner, string thumbprint, string reason);

        [LoggerMessage(
            1603,
            LogLevel.Warning,
            "The revocation list for {Owner}, certificate {Thumbprint}, is out of date; in an hour what it signs is refused."
        )]
        public static partial void SignerInGrace(ILogger logger, string owner, string thumbprint);

        [LoggerMessage(
            1604,
            LogLevel.Information,
            "What {Owner} signs with certificate {Thumbprint} is accepted again."
        )]
        public static partial void SignerRestored(ILogger logger, string owner, string thumbprint);
    }
}
