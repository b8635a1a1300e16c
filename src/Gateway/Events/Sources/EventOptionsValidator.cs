using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Sources;

/// <summary>Refuses at start event sources that could not work, all faults at once.</summary>
internal sealed class EventOptionsValidator(CallerDirectory callers, IOptions<ReceiptOptions> receipts)
    : IValidateOptions<EventOptions>
{
    private const int LongestSource = 128;

    public ValidateOptionsResult Validate(string? name, EventOptions options)
    {
        var faults = Bounds(options)
            .Concat(options.Sources.SelectMany((source, index) => FaultsOf(source, $"Sources:{index}")))
            .Concat(Repeated(options.Sources, source => source.Source, "Source"))
            .Concat(RepeatedCertificates(options.Sources))
            .Concat(
                options.Sources.Count > 0 && receipts.Value.Certificate is null
                    ?
                    [
                        $"{ReceiptOptions.Section}:{nameof(ReceiptOptions.Certificate)} is needed: receipts are handed out as CMS.",
                    ]
                    : []
            )
            .ToList();
        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{EventOptions.Section}:{fault}"));
    }

    private static IEnumerable<string> Bounds(EventOptions options)
    {
        if (options.ClockSkewMinutes is < 0 or > 60)
        {
            yield return $"{nameof(EventOptions.ClockSkewMinutes)}: 0 to 60 is expected.";
        }

        if (options.OldestDays is < 1 or > 3650)
        {
            yield return $"{nameof(EventOptions.OldestDays)}: 1 to 3650 is expected.";
        }

        if (options.LargestBatch is < 1 or > 1000)
        {
            yield return $"{nameof(EventOptions.LargestBatch)}: 1 to 1000 is expected.";
        }
    }

    private IEnumerable<string> FaultsOf(EventSourceOptions source, string at) =>
        NameFaults(source, at)
            .Concat(ClientFaults(source, at))
            .Concat(CertificateFaults(source.Certificates, $"{at}:{nameof(source.Certificates)}"))
            .Concat(CertificateFaults(source.Roots, $"{at}:{nameof(source.Roots)}"));

    private static IEnumerable<string> NameFaults(EventSourceOptions source, string at)
    {
        if (source.Source.Length is 0 or > LongestSource || source.Source.Any(letter => letter is <= ' ' or > '~'))
        {
            yield return $"{at}:{nameof(source.Source)}: 1 to 128 visible ASCII characters are expected.";
        }

        foreach (var origin in source.Origins.Where(origin => Uri.CheckHostName(origin) != UriHostNameType.Dns))
        {
            yield return $"{at}:{nameof(source.Origins)}: {origin} is no host name.";
        }
    }

    private IEnumerable<string> ClientFaults(EventSourceOptions source, string at)
    {
        if (source.Clients.Count == 0)
        {
            yield return $"{at}:{nameof(source.Clients)}: at least one client is needed.";
        }

        foreach (var client in source.Clients.Where(client => callers.Current.Find(client) is null))
        {
            yield return $"{at}:{nameof(source.Clients)}: the callers file has no client {client}.";
        }

        if (callers.Current.Find(source.Office) is null)
        {
            yield return $"{at}:{nameof(source.Office)}: the callers file has no client '{source.Office}'.";
        }
    }

    private static IEnumerable<string> CertificateFaults(IReadOnlyList<string> references, string at)
    {
        if (references.Count == 0)
        {
            yield return $"{at}: at least one is needed.";
        }

        for (var i = 0; i < references.Count; i++)
        {
            var (certificate, fault) = Read(references[i]);
            certificate?.Dispose();
            if (fault is not null)
            {
                yield return $"{at}:{i}: {fault}.";
            }
        }
    }

    /// <summary>A certificate stands for one source, however its file is written: whose signature it is must have one answer.</summary>
    private static IEnumerable<string> RepeatedCertificates(IReadOnlyList<EventSourceOptions> sources) =>
        sources
            .SelectMany(
                (source, index) =>
                    source.Certificates.Select(
                        (reference, place) =>
                            (
                                Thumbprint: Thumbprint(reference),
                                At: $"Sources:{index}:{nameof(source.Certificates)}:{place}"
                            )
                    )
            )
            .Where(registered => registered.Thumbprint is not null)
            .GroupBy(registered => registered.Thumbprint, StringComparer.Ordinal)
            .Where(same => same.Skip(1).Any())
            .Select(same =>
                $"{string.Join(" and ", same.Select(registered => registered.At))} are one certificate (SHA-256 {same.Key}): whose signature it is must have one answer."
            );

    private static IEnumerable<string> Repeated<T>(IReadOnlyList<T> all, Func<T, string> key, string setting) =>
        all.GroupBy(key, StringComparer.Ordinal)
            .Where(group => group.Key.Length > 0 && group.Skip(1).Any())
            .Select(group => $"Sources: {setting} {group.Key} stands twice.");

    private static string? Thumbprint(string reference)
    {
        var (certificate, _) = Read(reference);
        using (certificate)
        {
            return certificate?.GetCertHashString(HashAlgorithmName.SHA256);
        }
    }

    private static (X509Certificate2? Certificate, string? Fault) Read(string reference)
    {
        if (!SecretReference.TryResolve(reference, out var pem, out var fault))
        {
            return (null, fault);
        }

        try
        {
            return (X509Certificate2.CreateFromPem(pem), null);
        }
        catch (CryptographicException)
        {
            return (null, $"{reference} is not a PEM certificate"); // its text would quote the file
        }
    }
}
