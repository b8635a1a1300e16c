using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Integration.Gateway.Platform.Protection;

/// <summary>
/// An encrypted field. A row that must not hold plain text has a property of this type; only
/// <see cref="PersonalDataVault"/> makes one from a text and turns it back.
/// </summary>
internal sealed record ProtectedText
{
    private ProtectedText(byte[] ciphertext) => Ciphertext = ciphertext;

    public byte[] Ciphertext { get; }

    /// <summary>What the vault or a column holds.</summary>
    public static ProtectedText FromCiphertext(byte[] ciphertext) => new(ciphertext);

    public override string ToString() => nameof(ProtectedText);
}

/// <summary>A document of which every field marked as personal is encrypted by itself; the rest is readable.</summary>
internal sealed record ProtectedJson
{
    private ProtectedJson(string json) => Json = json;

    public string Json { get; }

    /// <summary>What the vault or a column holds.</summary>
    public static ProtectedJson FromSealed(string json) => new(json);

    public override string ToString() => nameof(ProtectedJson);
}

/// <summary>
/// HMAC-SHA256 under a key of its own: rows about one person or enterprise are found by it, and it says nothing else.
/// Base64url, 43 characters.
/// </summary>
internal sealed record SubjectHash(string Value)
{
    public override string ToString() => nameof(SubjectHash);
}

internal sealed class ProtectedTextConverter()
    : ValueConverter<ProtectedText, byte[]>(text => text.Ciphertext, bytes => ProtectedText.FromCiphertext(bytes));

internal sealed class ProtectedJsonConverter()
    : ValueConverter<ProtectedJson, string>(json => json.Json, text => ProtectedJson.FromSealed(text));

internal sealed class SubjectHashConverter()
    : ValueConverter<SubjectHash, string>(hash => hash.Value, text => new SubjectHash(text));
