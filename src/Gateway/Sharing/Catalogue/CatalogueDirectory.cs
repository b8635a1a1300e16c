using Integration.Adapters.Ports;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>
/// The service catalogue in force. Read before the host starts; <see cref="Reload"/> replaces it as a whole or not at all, so a
/// wrong new file leaves the running one in force. Whatever comes into force, or is refused, is on the audit record first.
/// </summary>
internal sealed partial class CatalogueDirectory : IDisposable
{
    private const string Subject = "service-catalogue";

    private readonly IAgencyForwarding _agencies;
    private readonly AuditTrail _audit;
    private readonly ILogger<CatalogueDirectory> _logger;
    private readonly string? _path;
    private readonly SemaphoreSlim _reloading = new(1);
    private CancellationTokenSource _changed = new();
    private ServiceCatalogue _current;
    private string _lastRefusal = string.Empty;
    private bool _isBehind;

    /// <summary>Reads the file for the first time.</summary>
    /// <exception cref="OptionsValidationException">The file is missing or wrong; the message lists every fault.</exception>
    public CatalogueDirectory(
        IAgencyForwarding agencies,
        AuditTrail audit,
        IOptions<SharingOptions> options,
        ILogger<CatalogueDirectory> logger
    )
    {
        (_agencies, _audit, _logger, _path) = (agencies, audit, logger, options.Value.Catalogue);
        var (catalogue, faults, _) = ReadFile();
        _current =
            catalogue
            ?? throw new OptionsValidationException(
                SharingOptions.Section,
                typeof(ServiceCatalogue),
                faults.Select(Line)
            );
    }

    /// <summary>The catalogue in force. A request reads it once.</summary>
    public ServiceCatalogue Current => Volatile.Read(ref _current);

    /// <summary>Fires when <see cref="Current"/> is replaced.</summary>
    public IChangeToken Changed => new CancellationChangeToken(Volatile.Read(ref _changed).Token);

    /// <summary>Whether an older catalogue is in force than the file's: that was refused, or cannot be put on record.</summary>
    public bool IsBehind => Volatile.Read(ref _isBehind);

    /// <summary>Puts the catalogue read at start on record.</summary>
    /// <returns>False when it cannot be recorded now.</returns>
    public async Task<bool> RecordStart(CancellationToken cancellationToken) =>
        _path is null
        || await Record("catalogue.loaded", Current.Version, Current.Text, AuditOutcome.Applied, cancellationToken);

    /// <summary>Reads the file again.</summary>
    /// <returns>Every fault of the file. Without one it is in force now, unless it cannot be put on record.</returns>
    public async Task<IReadOnlyList<string>> Reload(CancellationToken cancellationToken)
    {
        await _reloading.WaitAsync(cancellationToken);
        try
        {
            var (catalogue, faults, text) = ReadFile();
            if (catalogue is null)
            {
                await Refuse(faults, text, cancellationToken);
            }
            else if (catalogue.Version != _current.Version)
            {
                await Apply(catalogue, cancellationToken);
            }
            else
            {
                _lastRefusal = string.Empty; // the file is again what is in force
            }

            Volatile.Write(ref _isBehind, catalogue?.Version != _current.Version);
            return faults;
        }
        finally
        {
            _reloading.Release();
        }
    }

    public void Dispose()
    {
        _changed.Dispose();
        _reloading.Dispose();
    }

    private async Task Apply(ServiceCatalogue catalogue, CancellationToken cancellationToken)
    {
        if (
            !await Record(
                "catalogue.applied",
                catalogue.Version,
                catalogue.Text,
                AuditOutcome.Applied,
                cancellationToken
            )
        )
        {
            return; // read again at the next look
        }

        Log.CatalogueApplied(_logger, _current.Version, catalogue.Version, catalogue.Operations.Count);
        Volatile.Write(ref _current, catalogue);
        _lastRefusal = string.Empty;
        var before = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
        await before.CancelAsync();
        before.Dispose();
    }

    private async Task Refuse(IReadOnlyList<string> faults, string? text, CancellationToken cancellationToken)
    {
        // The file is read every few seconds; the same faults are reported once.
        var refusal = string.Join(Environment.NewLine, faults);
        if (
            refusal != _lastRefusal
            && await Record(
                "catalogue.refused",
                text is null ? "unreadable" : ServiceCatalogue.VersionOf(text),
                refusal,
                AuditOutcome.Refused,
                cancellationToken
            )
        )
        {
            _lastRefusal = refusal;
            Log.CatalogueRefused(_logger, _current.Version, faults.Count, refusal);
        }
    }

    private async Task<bool> Record(
        string action,
        string version,
        string detail,
        AuditOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        var entry = new AuditEntry(AuditEntry.Gateway, action, $"{Subject}:{version}", detail, outcome);
        return (await _audit.Record(entry, cancellationToken)).Succeeded(out _, out _);
    }

    private (ServiceCatalogue? Catalogue, IReadOnlyList<string> Faults, string? Text) ReadFile()
    {
        if (_path is null)
        {
            return (ServiceCatalogue.Empty, [], null);
        }

        try
        {
            var text = File.ReadAllText(_path);
            var (catalogue, faults) = CatalogueFile.Read(text, _agencies);
            return (catalogue, faults, text);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            return (null, [$"The file cannot be read ({reason.GetType().Name})."], null);
        }
    }

    private static string Line(string fault) => $"{SharingOptions.Section}:Catalogue: {fault}";

    private static partial class Log
    {
        [LoggerMessage(
            1900,
            LogLevel.Information,
            "Service catalogue applied: version {Previous} replaced by {Version}, {Operations} operations"
        )]
        public static partial void CatalogueApplied(ILogger logger, string previous, string version, int operations);

        [LoggerMessage(
            1901,
            LogLevel.Error,
            "Service catalogue refused, version {Version} stays in force; {Count} faults: {Faults}"
        )]
        public static partial void CatalogueRefused(ILogger logger, string version, int count, string faults);
    }
}
