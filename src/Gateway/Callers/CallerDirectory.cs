using Integration.Contracts.Problems;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Callers;

/// <summary>
/// The clients and grants in force. Loaded before the host starts; <see cref="Reload"/> replaces them as a whole or not at
/// all, so a wrong new file leaves the running one in force.
/// </summary>
internal sealed partial class CallerDirectory
{
    private readonly string _path;
    private readonly GrantVocabulary _vocabulary;
    private readonly CallerMetrics _metrics;
    private readonly ILogger<CallerDirectory> _logger;
    private readonly Lock _reloading = new();
    private CallersSnapshot _current;
    private string _lastRefusal = "";

    /// <summary>Reads the file for the first time.</summary>
    /// <exception cref="OptionsValidationException">The file is missing or wrong; the message lists every fault.</exception>
    public CallerDirectory(
        string path,
        GrantVocabulary vocabulary,
        CallerMetrics metrics,
        ILogger<CallerDirectory> logger
    )
    {
        (_path, _vocabulary, _metrics, _logger) = (path, vocabulary, metrics, logger);
        var (snapshot, faults) = ReadFile();
        _current =
            snapshot
            ?? throw new OptionsValidationException(CallersSettings.Key, typeof(CallersSnapshot), faults.Select(Line));
        Log.CallersLoaded(_logger, _current.Version, _current.Clients.Count, _current.Grants.Count);
    }

    /// <summary>The snapshot in force. A request reads it once.</summary>
    public CallersSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Whether the file has changed into something that was refused, so that an older one is in force.</summary>
    public bool IsBehind => Volatile.Read(ref _lastRefusal).Length > 0;

    /// <summary>Reads the file again, with the secrets it refers to.</summary>
    /// <returns>Every fault; none when the file is in force now.</returns>
    public IReadOnlyList<FieldFault> Reload()
    {
        lock (_reloading)
        {
            var (snapshot, faults) = ReadFile();
            if (snapshot is null)
            {
                Refuse(faults);
            }
            else if (snapshot.Version != _current.Version)
            {
                Apply(snapshot);
            }

            return faults;
        }
    }

    private void Apply(CallersSnapshot snapshot)
    {
        var changes = CallersChanges.Between(_current, snapshot);
        Log.CallersApplied(_logger, _current.Version, snapshot.Version, changes.Clients, changes.Grants);
        Volatile.Write(ref _current, snapshot);
        _lastRefusal = "";
        _metrics.Reloaded(applied: true);
    }

    private void Refuse(IReadOnlyList<FieldFault> faults)
    {
        // The file is read every few seconds; the same faults are reported once.
        var refusal = string.Join(Environment.NewLine, faults.Select(Line));
        if (refusal != _lastRefusal)
        {
            _lastRefusal = refusal;
            Log.CallersRefused(_logger, _current.Version, faults.Count, refusal);
            _metrics.Reloaded(applied: false);
        }
    }

    private (CallersSnapshot? Snapshot, IReadOnlyList<FieldFault> Faults) ReadFile()
    {
        try
        {
            return CallersFile.Read(File.ReadAllBytes(_path), _vocabulary);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            return (null, [new FieldFault("", "file", $"The file cannot be read ({reason.GetType().Name}).")]);
        }
    }

    private static string Line(FieldFault fault) =>
        $"{CallersSettings.Key}#{fault.Pointer}: {fault.Message} ({fault.Code})";

    private static partial class Log
    {
        [LoggerMessage(
            1100,
            LogLevel.Information,
            "Callers file loaded: version {Version}, {Clients} clients, {Grants} grants"
        )]
        public static partial void CallersLoaded(ILogger logger, string version, int clients, int grants);

        [LoggerMessage(
            1101,
            LogLevel.Information,
            "Callers file applied: version {Previous} replaced by {Version}; clients {Clients}; grants {Grants}"
        )]
        public static partial void CallersApplied(
            ILogger logger,
            string previous,
            string version,
            string clients,
            string grants
        );

        [LoggerMessage(
            1102,
            LogLevel.Error,
            "Callers file refused, version {Version} stays in force; {Count} faults: {Faults}"
        )]
        public static partial void CallersRefused(ILogger logger, string version, int count, string faults);
    }
}
