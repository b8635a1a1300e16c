using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Protection;

/// <summary>
/// Encrypts personal data field by field (AES-256-GCM, rotating keys) and makes the keyed hashes by which it is found.
/// </summary>
internal sealed class PersonalDataVault
{
    private readonly IDataProtector _protector;
    private readonly byte[] _lookupKey;

    public PersonalDataVault(IDataProtectionProvider provider, IOptions<ProtectionOptions> options)
    {
        _protector = provider.CreateProtector("personal-data.v1");
        _lookupKey = options.Value.ResolveLookupKey();
    }

    public ProtectedText Seal(string text) => SealBytes(Encoding.UTF8.GetBytes(text));

    public ProtectedText SealBytes(byte[] bytes) => ProtectedText.FromCiphertext(_protector.Protect(bytes));

    /// <summary>The text that was sealed.</summary>
    /// <exception cref="PersonalDataUnreadableException">The key is gone or revoked, or the row was tampered with.</exception>
    public string Open(ProtectedText text) => Encoding.UTF8.GetString(OpenBytes(text));

    /// <inheritdoc cref="Open" />
    public byte[] OpenBytes(ProtectedText text)
    {
        try
        {
            return _protector.Unprotect(text.Ciphertext);
        }
        catch (CryptographicException reason)
        {
            throw new PersonalDataUnreadableException(reason);
        }
    }

    /// <summary>Writes a document with every property marked <c>[PersonalData]</c> sealed by itself.</summary>
    public ProtectedJson SealJson<T>(T document)
        where T : notnull
    {
        var bytes = DocumentKey.NewKey();
        using var key = new DocumentKey(bytes);
        return ProtectedJson.FromSealed(PersonalDataJson.Write(document, key, SealBytes(bytes)));
    }

    /// <inheritdoc cref="Open" />
    public T OpenJson<T>(ProtectedJson document)
        where T : notnull
    {
        try
        {
            return PersonalDataJson.Read<T>(document.Json, key => new DocumentKey(OpenBytes(key)));
        }
        catch (CryptographicException reason)
        {
            throw new PersonalDataUnreadableException(reason);
        }
    }

    /// <summary>The keyed hash of one fact about a subject.</summary>
    /// <param name="kind">What it is, e.g. <c>resident-id</c>: equal values of different kinds have different hashes.</param>
    /// <param name="value">The value in its normal form.</param>
    public SubjectHash HashOf(string kind, string value) => new(Base64Url.EncodeToString(MacOf(kind, value)));

    /// <summary>The keyed digest of a message: 32 bytes, HMAC-SHA256. A plain digest of a few known words and a number gives the number away.</summary>
    /// <param name="kind">What it is, as for <see cref="HashOf"/>.</param>
    /// <param name="message">The bytes as they came.</param>
    public byte[] DigestOf(string kind, ReadOnlySpan<byte> message) =>
        MacOf(kind, Convert.ToHexStringLower(SHA256.HashData(message)));

    /// <summary>
    /// The keyed digest of a message that stands on one record: lower hex. The record's own key, which says nothing about any other
    /// record, is <c>HMAC(look-up key, "record-digest" LF record)</c>; the digest is HMAC under it over the lower-hex SHA-256 of
    /// the message (docs/spec/evidence.md).
    /// </summary>
    /// <param name="recordId">The number of the record.</param>
    /// <param name="sha256">SHA-256 of the message, lower hex.</param>
    public string DigestFor(string recordId, string sha256) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(MacOf("record-digest", recordId), Encoding.ASCII.GetBytes(sha256))
        );

    private byte[] MacOf(string kind, string value) =>
        HMACSHA256.HashData(_lookupKey, Encoding.UTF8.GetBytes($"{kind}\n{value}"));
}

/// <summary>Stored personal data cannot be opened: broken infrastructure, not an answer.</summary>
internal sealed class PersonalDataUnreadableException(Exception reason)
    : Exception(
        "Stored personal data cannot be decrypted: its key is missing, revoked, or not readable with the configured "
            + "protection certificates, or the row was altered. See docs/runbooks/protection-keys.md.",
        reason
    );
