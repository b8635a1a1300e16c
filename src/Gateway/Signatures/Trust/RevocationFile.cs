using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Adapters.Ports;

namespace Integration.Gateway.Signatures.Trust;

/// <summary>
/// An issuer's revocation list where operators put it. A new one is taken as soon as it is seen; one that cannot be used, or
/// that is older than the one in force, changes nothing.
/// </summary>
internal sealed partial class RevocationFile(string reference, X509Certificate2 issuer, ILogger logger)
{
    private const string FilePrefix = "file:";
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);
    private readonly Lock _reading = new();
    private (DateTime, long) _stamp;
    private DateTimeOffset _looked;
    private byte[] _digest = [];

    /// <summary>The list in force; null until there has been a good one.</summary>
    public RevocationList? List { get; private set; }

    /// <summary>Whether what lies there now is not what is in force.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Looks at most once a second whether the file is another one than was read.</summary>
    public bool HasChanged(DateTimeOffset now)
    {
        lock (_reading)
        {
            if (now - _looked < s_lookEvery && now >= _looked)
            {
                return false;
            }

            _looked = now;
            return Stamp() != _stamp;
        }
    }

    /// <summary>Reads the file again, and understands it when its bytes are others.</summary>
    public RevocationList? Refresh(DateTimeOffset now)
    {
        lock (_reading)
        {
            (_stamp, _looked) = (Stamp(), now);
            if (!SecretReference.TryResolveBytes(reference, out var bytes, out _))
            {
                Refuse([]);
            }
            else if (SHA256.HashData(bytes) is var digest && !digest.AsSpan().SequenceEqual(_digest))
            {
                Take(bytes, digest, now);
            }

            return List;
        }
    }

    private void Take(byte[] bytes, byte[] digest, DateTimeOffset now)
    {
        if (RevocationList.Read(bytes, issuer) is not { } list || list.ThisUpdate < List?.ThisUpdate)
        {
            Refuse(digest);
            return;
        }

        if (list.ThisUpdate > now + SignerTrust.ClockSkew)
        {
            // Its time may come, so its bytes are looked at again.
            Refuse([]);
            return;
        }

        (List, IsBehind, _digest) = (list, false, digest);
        Log.RevocationListInForce(logger, reference, list.ThisUpdate, list.OutOfDate);
    }

    private void Refuse(byte[] digest)
    {
        if (!IsBehind || !digest.AsSpan().SequenceEqual(_digest))
        {
            Log.RevocationListRefused(logger, reference);
        }

        (IsBehind, _digest) = (true, digest);
    }

    private (DateTime, long) Stamp()
    {
        if (!reference.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            return default;
        }

        var file = new FileInfo(reference[FilePrefix.Length..]);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private static partial class Log
    {
        [LoggerMessage(
            1600,
            LogLevel.Information,
            "Revocation list {Reference} of {ThisUpdate} is in force until {OutOfDate}."
        )]
        public static partial void RevocationListInForce(
            ILogger logger,
            string reference,
            DateTimeOffset thisUpdate,
            DateTimeOffset outOfDate
        );

        [LoggerMessage(
            1601,
            LogLevel.Error,
            "Revocation list {Reference} cannot be used: missing, malformed, not signed by the issuer, from the future or older than the one in force. What was in force stays."
        )]
        public static partial void RevocationListRefused(ILogger logger, string reference);
    }
}
