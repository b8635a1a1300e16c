using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Callers;

/// <summary>Reads a callers file (<c>docs/spec/callers.md</c>) completely or not at all.</summary>
internal static class CallersFile
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <summary>The snapshot, or every fault of the file with its JSON pointer. Secrets are resolved here.</summary>
    public static (CallersSnapshot? Snapshot, IReadOnlyList<FieldFault> Faults) Read(
        ReadOnlyMemory<byte> utf8,
        GrantVocabulary vocabulary
    )
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return Read(document.RootElement, utf8.Span, vocabulary);
        }
        catch (JsonException reason)
        {
            var place = $"line {reason.LineNumber + 1}, byte {reason.BytePositionInLine + 1}";
            return (null, [new FieldFault("", "json", $"It is not JSON: {place}.")]);
        }
        catch (InvalidOperationException)
        {
            // JsonElement.GetString on a text that is no Unicode, e.g. half a surrogate pair.
            return (null, [new FieldFault("", "json", "A text in it is not Unicode.")]);
        }
    }

    private static (CallersSnapshot? Snapshot, IReadOnlyList<FieldFault> Faults) Read(
        JsonElement root,
        ReadOnlySpan<byte> utf8,
        GrantVocabulary vocabulary
    )
    {
        var faults = new List<FieldFault>();
        var file = new StrictObject(root, "", faults, "$schema", "clients", "grants");
        _ = file.OptionalText("$schema");
        var clients = file.List("clients")
            .Select(item => ClientEntry.Read(item.Element, item.Pointer, faults))
            .ToList();
        var known = clients.Select(client => client.Caller.Id).ToHashSet(StringComparer.Ordinal);
        var grants = file.List("grants")
            .Select(item => GrantEntry.Read(item.Element, item.Pointer, vocabulary, known, faults))
            .ToList();
        NoteRepeated(clients.Select(client => client.Caller.Id), "clients", faults);
        NoteRepeated(grants.Select(grant => grant.Id), "grants", faults);
        NoteSharedCertificates(clients, faults);
        NoteGrantsWithoutClient(known, grants, faults);
        return faults.Count > 0
            ? (null, faults)
            : (new CallersSnapshot(Fingerprint(utf8, clients), clients, grants), []);
    }

    private static void NoteRepeated(IEnumerable<string> ids, string list, List<FieldFault> faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, id) in ids.Index())
        {
            if (id.Length > 0 && !seen.Add(id))
            {
                faults.Add(new FieldFault($"/{list}/{index}/id", "duplicate", "An earlier entry has the same id."));
            }
        }
    }

    private static void NoteSharedCertificates(List<Client> clients, List<FieldFault> faults)
    {
        var owners = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, client) in clients.Index())
        {
            if (client.Certificates.Count(certificate => !owners.Add(certificate)) > 0)
            {
                var pointer = $"/clients/{index}/certificates";
                faults.Add(
                    new FieldFault(pointer, "duplicate", "A certificate is pinned to an earlier client already.")
                );
            }
        }
    }

    private static void NoteGrantsWithoutClient(HashSet<string> known, List<Grant> grants, List<FieldFault> faults)
    {
        foreach (var (index, grant) in grants.Index())
        {
            if (grant.Client.Length > 0 && !known.Contains(grant.Client))
            {
                faults.Add(new FieldFault($"/grants/{index}/client", "unknown-value", "There is no such client."));
            }
        }
    }

    private static string Fingerprint(ReadOnlySpan<byte> utf8, List<Client> clients)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(utf8);
        foreach (var client in clients)
        {
            hash.AppendData(client.Secret is { } secret ? secret.Hash : []);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
