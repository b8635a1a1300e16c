using System.Collections.Frozen;
using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Json;
using Microsoft.IdentityModel.Tokens;

namespace Integration.Gateway.Callers;

/// <summary>Reads one element of <c>clients</c>.</summary>
internal static class ClientEntry
{
    public static Client Read(ClientDocument document, EntryFaults entry)
    {
        var client = new Client
        {
            Caller = new Caller(Id(document, entry), entry.Needed("kind", document.Kind), Utility(document)),
            Enabled = entry.Needed("enabled", document.Enabled),
            Require = entry.Needed("require", document.Require),
            Secret = Secret(document, entry),
            PublicKeys = Keys(document, entry),
            Certificates = Certificates(document, entry),
            Limits = ClientLimits.Read(document.Limits, entry.At("limits")),
        };
        NoteContradictions(document, client, entry);
        return client;
    }

    private static string Id(ClientDocument document, EntryFaults entry)
    {
        var id = entry.Text("id", document.Id);
        if (!id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.'))
        {
            entry.Add("id", "character", "Only a-z, 0-9, - and . may stand in an id.");
        }

        return id;
    }

    private static string? Utility(ClientDocument document) =>
        document.Utility is { } utility ? JsonNames.From(utility) : null;

    private static ClientSecret? Secret(ClientDocument document, EntryFaults entry)
    {
        if (entry.OptionalText("secret", document.Secret) is not { Length: > 0 } text)
        {
            return null;
        }

        if (text.StartsWith(ClientSecret.HashPrefix, StringComparison.Ordinal))
        {
            var hashed = ClientSecret.FromHash(text);
            if (hashed is null)
            {
                entry.Add("secret", "hash", "It is not pbkdf2-sha256:<iterations>:<salt>:<hash> within the limits.");
            }

            return hashed;
        }

        if (!SecretReference.TryResolve(text, out var secret, out var fault))
        {
            entry.Add("secret", "secret", $"It cannot be had: {fault}.");
            return null;
        }

        if (secret.Length is < ClientSecret.MinLength or > ClientSecret.MaxLength)
        {
            entry.Add(
                "secret",
                "length",
                $"A secret has {ClientSecret.MinLength} characters at least and {ClientSecret.MaxLength} at most."
            );
        }

        return ClientSecret.FromText(secret);
    }

    private static List<JsonWebKey> Keys(ClientDocument document, EntryFaults entry)
    {
        if (document.PublicKeys is not { } set)
        {
            return [];
        }

        var keys = entry.At("publicKeys");
        return
        [
            .. keys.Needed("keys", set.Keys).Select((key, index) => PublicKeyEntry.Read(key, keys.At("keys", index))),
        ];
    }

    private static FrozenSet<string> Certificates(ClientDocument document, EntryFaults entry) =>
        document.Certificates is null
            ? []
            : entry
                .Texts(
                    "certificates",
                    document.Certificates,
                    text => text.Length == 64 && text.All(char.IsAsciiHexDigit),
                    "A SHA-256 thumbprint is needed: 64 hex digits."
                )
                .Select(text => text.ToUpperInvariant())
                .ToFrozenSet(StringComparer.Ordinal);

    private static void NoteContradictions(ClientDocument document, Client client, EntryFaults entry)
    {
        if (document.Kind is { } kind && (kind == CallerKind.Utility) != (document.Utility is not null))
        {
            entry.Add("utility", "contradiction", "It is needed for the kind utility, and only there.");
        }

        var hasToken = document.Secret is not null || client.PublicKeys.Count > 0;
        if (!hasToken && document.Require is RequiredFactors.Token or RequiredFactors.Both)
        {
            entry.Add("require", "contradiction", "It requires a token, but there is no secret and no public key.");
        }

        if (client.Certificates.Count == 0 && document.Require is RequiredFactors.Certificate or RequiredFactors.Both)
        {
            entry.Add("require", "contradiction", "It requires a certificate, but none is pinned.");
        }
    }
}
