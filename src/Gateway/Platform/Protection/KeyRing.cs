using System.Collections.Concurrent;
using System.Xml.Linq;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Settings;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Protection;

/// <summary>
/// Whether the configured keys are those that the database was filled with. A data key that does not open is otherwise noticed when a row
/// under it is read, and a wrong look-up key never: persons are then not found, and new rows are made for them.
/// </summary>
internal sealed class KeyRing(
    IKeyManager keys,
    IOptions<KeyManagementOptions> options,
    IDbContextFactory<GatewayDb> factory,
    PersonalDataVault vault,
    ProtectionCertificates certificates
)
{
    /// <summary>The element, and the name of its row, that holds the check value of the look-up key.</summary>
    internal const string LookupCheck = "lookup-key-check";

    private const string KeyPrefix = "key-";

    /// <summary>Rows that opened: readiness looks every second, and a private key's operation costs milliseconds.</summary>
    private readonly ConcurrentDictionary<string, bool> _opened = new(StringComparer.Ordinal);

    /// <summary>Every data key that does not open, by its number, and the look-up key when it is another; empty: all are right.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.DataProtectionKeys.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var closed = rows.Where(row =>
                row.FriendlyName?.StartsWith(KeyPrefix, StringComparison.Ordinal) == true && !Opens(row.Xml)
            )
            .ToList();
        var revoked = (closed.Count == 0 ? [] : keys.GetAllKeys())
            .Where(key => key.IsRevoked)
            .Select(key => $"{KeyPrefix}{key.KeyId:D}")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. closed
                .Where(row => !revoked.Contains(row.FriendlyName!))
                .Select(row =>
                    $"{ProtectionOptions.Section}: the data key {row.FriendlyName![KeyPrefix.Length..]} opens with none of the certificates. "
                    + $"Name the one that it was wrapped for under {nameof(ProtectionOptions.OlderCertificates)}, or restore "
                    + "the table DataProtectionKeys if the key was altered."
                ),
            .. rows.FirstOrDefault(row => row.FriendlyName == LookupCheck) is { } first && first.Xml != CheckValue()
                ?
                [
                    $"{ProtectionOptions.Section}:{nameof(ProtectionOptions.LookupKey)}: it is not the key that this database was filled with. "
                        + "Put the earlier one back: with another, no person is found.",
                ]
                : Array.Empty<string>(),
        ];
    }

    /// <summary>Keeps the check value of the look-up key beside the data keys, once for each database: the oldest counts.</summary>
    public async Task KeepLookupCheckAsync(CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        if (!await db.DataProtectionKeys.AnyAsync(row => row.FriendlyName == LookupCheck, cancellationToken))
        {
            options.Value.XmlRepository!.StoreElement(Check(), LookupCheck);
        }
    }

    private string CheckValue() => Check().ToString(SaveOptions.DisableFormatting);

    private XElement Check() => new(LookupCheck, vault.HashOf(LookupCheck, "1").Value);

    /// <summary>Opened from the row, because the key ring keeps what it opened once; a row that has not changed since is not opened again.</summary>
    private bool Opens(string? xml)
    {
        if (xml is not null && _opened.ContainsKey(xml))
        {
            return true;
        }

        try
        {
            var unwrapper = new CertificateKeyUnwrapper(certificates);
            var wrapped = XElement.Parse(xml!).Descendants(CertificateKeyWrapper.ElementName).ToList();
            var opens = wrapped.Count > 0 && wrapped.TrueForAll(element => unwrapper.Decrypt(element).HasElements);
            if (opens)
            {
                _opened.TryAdd(xml!, value: true);
            }

            return opens;
        }
        catch (Exception)
        {
            return false; // whether it is the certificate or the row, the key serves no more, and its number is told
        }
    }
}

/// <summary>The rows of the key ring without the check value, which is no key.</summary>
internal sealed class KeyRows(IXmlRepository inner) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. inner.GetAllElements().Where(element => element.Name != KeyRing.LookupCheck)];

    public void StoreElement(XElement element, string friendlyName) => inner.StoreElement(element, friendlyName);
}

/// <summary>After the schema and before any data key is used or made: wrong keys end the start.</summary>
internal sealed class KeyRingStart(KeyRing ring) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await ring.KeepLookupCheckAsync(cancellationToken);
        var faults = await ring.FaultsAsync(cancellationToken);
        if (faults.Count > 0)
        {
            throw new StartRefusedException([.. faults, "No key was made. See docs/runbooks/protection-keys.md."]);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
