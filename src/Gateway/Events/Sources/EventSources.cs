using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Adapters.Ports;
using Integration.Gateway.Signatures;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Sources;

/// <summary>One registered sender.</summary>
internal sealed record EventSource(EventSourceOptions Options, IReadOnlyList<RegisteredSigner> Signers)
{
    public string Name => Options.Source;
}

/// <summary>The registered senders.</summary>
internal sealed class EventSources
{
    private readonly FrozenDictionary<string, EventSource> _sources;

    public EventSources(IOptions<EventOptions> options)
    {
        _sources = options.Value.Sources.Select(Open).ToFrozenDictionary(source => source.Name, StringComparer.Ordinal);
        Signers = [.. _sources.Values.SelectMany(source => source.Signers)];
    }

    /// <summary>All who may sign.</summary>
    public IReadOnlyList<RegisteredSigner> Signers { get; }

    public IEnumerable<EventSource> All => _sources.Values;

    public EventSource? Find(string name) => _sources.GetValueOrDefault(name);

    /// <summary>Names of the senders whose events become cases of an office.</summary>
    public IReadOnlyList<string> OfOffice(string client) =>
        [.. All.Where(source => source.Options.Office == client).Select(source => source.Name)];

    private static EventSource Open(EventSourceOptions options)
    {
        var roots = options.Roots.Select(Certificate).ToList();
        return new EventSource(
            options,
            [
                .. options.Certificates.Select(reference => new RegisteredSigner(
                    options.Source,
                    Certificate(reference),
                    roots,
                    options.RevocationList,
                    options.NeedsSigningCertificate
                )),
            ]
        );
    }

    private static X509Certificate2 Certificate(string reference)
    {
        if (!SecretReference.TryResolve(reference, out var pem, out var fault))
        {
            throw new InvalidOperationException($"{EventOptions.Section}: {fault}.");
        }

        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException reason)
        {
            throw new InvalidOperationException(
                $"{EventOptions.Section}: {reference} is not a PEM certificate.",
                reason
            );
        }
    }
}
