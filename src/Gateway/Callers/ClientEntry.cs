using System.Collections.Frozen;
using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Json;
using Microsoft.IdentityModel.Tokens;
using Supplied = Integration.Contracts.V1.JointApplications.Utility;

namespace Integration.Gateway.Callers;

/// <summary>Reads one element of <c>clients</c>.</summary>
internal static class ClientEntry
{
    private static readonly FrozenSet<string> Utilities = Enum.GetValues<Supplied>()
        .Select(JsonNames.Of<Supplied>)
        .ToFrozenSet(StringComparer.Ordinal);

    public static Client Read(JsonElement element, string pointer, List<FieldFault> faults)
    {
        var entry = new StrictObject(
            element,
            pointer,
            faults,
            "id",
            "kind",
            "utility",
            "enabled",
            "require",
            "secret",
            "publicKeys",
            "certificates",
            "limits"
        );
        var client = new Client
        {
            Caller = new Caller(Id(entry), entry.OneOf<CallerKind>("kind"), entry.OptionalText("utility")),
            Enabled = entry.Flag("enabled"),
            Require = entry.OneOf<RequiredFactors>("require"),
            Secret = Secret(entry),
            PublicKeys = Keys(entry, faults),
            Certificates = Certificates(entry),
            Limits = ClientLimits.Read(entry, faults),
        };
        if (element.ValueKind == JsonValueKind.Object)
        {
            NoteContradictions(entry, client);
        }

        return client;
    }

    private static string Id(StrictObject entry)
    {
        var id = entry.Text("id");
        if (!id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.'))
        {
            entry.Fault("id", "character", "Only a-z, 0-9, - and . may stand in an id.");
        }

        return id;
    }

    private static ClientSecret? Secret(StrictObject entry)
    {
        if (entry.OptionalText("secret") is not { Length: > 0 } text)
        {
            return null;
        }

        if (text.StartsWith(ClientSecret.HashPrefix, StringComparison.Ordinal))
        {
            var hashed = ClientSecret.FromHash(text);
            if (hashed is null)
            {
                entry.Fault("secret", "hash", "It is not pbkdf2-sha256:<iterations>:<salt>:<hash> within the limits.");
            }

            return hashed;
        }

        if (!SecretReference.TryResolve(text, out var secret, out var fault))
        {
            entry.Fault("secret", "secret", $"It cannot be had: {fault}.");
            return null;
        }

        if (secret.Length is < ClientSecret.MinLength or > ClientSecret.MaxLength)
        {
            entry.Fault(
                "secret",
                "length",
                $"A secret has {ClientSecret.MinLength} characters at least and {ClientSecret.MaxLength} at most."
            );
        }

        return ClientSecret.FromText(secret);
    }

    private static List<JsonWebKey> Keys(StrictObject entry, List<FieldFault> faults)
    {
        if (entry.Optional("publicKeys") is not { } set)
        {
            return [];
        }

        var keys = new StrictObject(set, entry.PointerTo("publicKeys"), faults, "keys");
        return keys.List("keys").Select(item => PublicKeyEntry.Read(item.Element, item.Pointer, faults)).ToList();
    }

    private static FrozenSet<string> Certificates(StrictObject entry) =>
        entry.Optional("certificates") is null
            ? FrozenSet<string>.Empty
            : entry
                .Texts(
                    "certificates",
                    text => text.Length == 64 && text.All(char.IsAsciiHexDigit),
                    "A SHA-256 thumbprint is needed: 64 hex digits."
                )
                .Select(text => text.ToUpperInvariant())
                .ToFrozenSet(StringComparer.Ordinal);

    private static void NoteContradictions(StrictObject entry, Client client)
    {
        var utility = client.Caller.Utility;
        if ((client.Caller.Kind == CallerKind.Utility) != (utility is not null))
        {
            entry.Fault("utility", "contradiction", "It is needed for the kind utility, and only there.");
        }
        else if (utility is { Length: > 0 } && !Utilities.Contains(utility))
        {
            entry.Fault(
                "utility",
                "unknown-value",
                $"One of {string.Join(", ", Utilities.Order(StringComparer.Ordinal))} is needed."
            );
        }

        var hasToken = entry.Optional("secret") is not null || client.PublicKeys.Count > 0;
        if (!hasToken && client.Require is RequiredFactors.Token or RequiredFactors.Both)
        {
            entry.Fault("require", "contradiction", "It requires a token, but there is no secret and no public key.");
        }

        if (client.Certificates.Count == 0 && client.Require is RequiredFactors.Certificate or RequiredFactors.Both)
        {
            entry.Fault("require", "contradiction", "It requires a certificate, but none is pinned.");
        }
    }
}
