using Integration.Adapters.Ports;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Integration.Gateway.Platform.Files;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>
/// The service catalogue in force: the last good edition of its file. An edition that comes into force, and one that is
/// refused, is on the audit record first.
/// </summary>
internal sealed partial class CatalogueDirectory : ReloadingFile<ServiceCatalogue, string>
{
    private const string Subject = "service-catalogue";

    private readonly IAgencyForwarding _agencies;
    private readonly AuditTrail _audit;
    private readonly ILogger<CatalogueDirectory> _logger;
    private readonly string? _path;

    /// <summary>Reads the file for the first time.</summary>
    /// <exception cref="OptionsValidationException">The file is missing or wrong; the message lists every fault.</exception>
    public CatalogueDirectory(
        IAgencyForwarding agencies,
        AuditTrail audit,
        IOptions<SharingOptions> options,
        TimeProvider time,
        ILogger<CatalogueDirectory> logger
    )
        : base(time)
    {
        (_agencies, _audit, _logger, _path) = (agencies, audit, logger, options.Value.Catalogue);
        Load(SharingOptions.Section, fault => $"{SharingOptions.Section}:Catalogue: {fault}");
    }

    public override string BehindDetail =>
        "The service catalogue's file is not in force: it is wrong, or cannot be put on record. The one before is.";

    /// <summary>Puts the catalogue that was read first on record; without that nothing may be shared.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (
            _path is not null
            && !await RecordAsync(
                "catalogue.loaded",
                Current.Version,
                Current.Text,
                AuditOutcome.Applied,
                cancellationToken
            )
        )
        {
            throw new InvalidOperationException(
                "The service catalogue cannot be put on record, so that nothing may be shared."
            );
        }

        await base.StartAsync(cancellationToken);
    }

    protected override FileReading<ServiceCatalogue, string> Understand()
    {
        if (_path is null)
        {
            return new(ServiceCatalogue.Empty.Version, ServiceCatalogue.Empty, []);
        }

        var text = File.ReadAllText(_path);
        var (catalogue, faults) = CatalogueFile.Read(text, _agencies);
        return new(ServiceCatalogue.VersionOf(text), catalogue, faults);
    }

    protected override string Unreadable(string message) => message;

    protected override string Describe(string fault) => fault;

    protected override async Task<bool> ApplyAsync(
        ServiceCatalogue before,
        ServiceCatalogue after,
        CancellationToken cancellationToken
    )
    {
        if (!await RecordAsync("catalogue.applied", after.Version, after.Text, AuditOutcome.Applied, cancellationToken))
        {
            return false;
        }

        Log.CatalogueApplied(_logger, before.Version, after.Version, after.Operations.Count);
        return true;
    }

    protected override async Task<bool> RefuseAsync(
        FileReading<ServiceCatalogue, string> refused,
        string faults,
        CancellationToken cancellationToken
    )
    {
        var version = refused.Version ?? "unreadable";
        if (!await RecordAsync("catalogue.refused", version, faults, AuditOutcome.Refused, cancellationToken))
        {
            return false;
        }

        Log.CatalogueRefused(_logger, Current.Version, refused.Faults.Count, faults);
        return true;
    }

    private async Task<bool> RecordAsync(
        string action,
        string version,
        string detail,
        AuditOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        var entry = new AuditEntry(AuditEntry.Gateway, action, $"{Subject}:{version}", detail, outcome);
        return (await _audit.RecordAsync(entry, cancellationToken)).Succeeded(out _, out _);
    }

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
