using System.Security.Cryptography;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Callers;

/// <summary>Reads a callers file (<c>docs/spec/callers.md</c>) completely or not at all.</summary>
internal static class CallersFile
{
    /// <summary>The snapshot, or every fault of the file with its JSON pointer. Secrets are resolved here.</summary>
    public static (CallersSnapshot? Snapshot, IReadOnlyList<FieldFault> Faults) Read(
        ReadOnlyMemory<byte> utf8,
        GrantVocabulary vocabulary
    ) =>
        StrictDocument.Read(
            utf8.Span,
            CallersJson.Default.CallersDocument,
            (document, faults) => Understand(document, utf8.Span, vocabulary, faults)
        );

    private static CallersSnapshot? Understand(
        CallersDocument document,
        ReadOnlySpan<byte> utf8,
        GrantVocabulary vocabulary,
        FaultList faults
    )
    {
        var file = new EntryFaults(string.Empty, faults);
        _ = file.OptionalText("$schema", document.Schema);
        var clients = file.Needed("clients", document.Clients)
            .Select((client, index) => ClientEntry.Read(client, file.At("clients", index)))
            .ToList();
        var known = clients.Select(client => client.Caller.Id).ToHashSet(StringComparer.Ordinal);
        var grants = file.Needed("grants", document.Grants)
            .Select((grant, index) => GrantEntry.Read(grant, vocabulary, known, file.At("grants", index)))
            .ToList();
        NoteRepeated(clients.Select(client => client.Caller.Id), "clients", faults);
        NoteRepeated(grants.Select(grant => grant.Id), "grants", faults);
        NoteSharedCertificates(clients, faults);
        NoteGrantsWithoutClient(known, grants, faults);
        return faults.IsEmpty ? new CallersSnapshot(Fingerprint(utf8, clients), clients, grants) : null;
    }

    private static void NoteRepeated(IEnumerable<string> ids, string list, FaultList faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, id) in ids.Index())
        {
            if (id.Length > 0 && !seen.Add(id))
            {
                faults.Add($"/{list}/{index}/id", "duplicate", "An earlier entry has the same id.");
            }
        }
    }

    private static void NoteSharedCertificates(List<Client> clients, FaultList faults)
    {
        var owners = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, client) in clients.Index())
        {
            if (client.Certificates.Count(certificate => !owners.Add(certificate)) > 0)
            {
                var pointer = $"/clients/{index}/certificates";
                faults.Add(pointer, "duplicate", "A certificate is pinned to an earlier client already.");
            }
        }
    }

    private static void NoteGrantsWithoutClient(HashSet<string> known, List<Grant> grants, FaultList faults)
    {
        foreach (var (index, grant) in grants.Index())
        {
            if (grant.Client.Length > 0 && !known.Contains(grant.Client))
            {
                faults.Add($"/grants/{index}/client", "unknown-value", "There is no such client.");
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
