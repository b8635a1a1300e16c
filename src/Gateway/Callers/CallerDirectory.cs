using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Files;

namespace Integration.Gateway.Callers;

/// <summary>The clients and grants in force: the last good edition of the callers file and of the secrets it refers to.</summary>
internal sealed partial class CallerDirectory : ReloadingFile<CallersSnapshot, FieldFault>
{
    private readonly string _path;
    private readonly GrantVocabulary _vocabulary;
    private readonly CallerMetrics _metrics;
    private readonly ILogger<CallerDirectory> _logger;

    /// <summary>Reads the file for the first time.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The file is missing or wrong; the message lists every fault.</exception>
    public CallerDirectory(
        string path,
        GrantVocabulary vocabulary,
        CallerMetrics metrics,
        TimeProvider time,
        ILogger<CallerDirectory> logger
    )
        : base(time)
    {
        (_path, _vocabulary, _metrics, _logger) = (path, vocabulary, metrics, logger);
        Load(CallersSettings.Key, Describe);
        Log.CallersLoaded(_logger, Current.Version, Current.Clients.Count, Current.Grants.Count);
    }

    public override string BehindDetail =>
        "The callers file is wrong: an older one is in force. The log lists the faults.";

    protected override FileReading<CallersSnapshot, FieldFault> Understand()
    {
        var (snapshot, faults) = CallersFile.Read(File.ReadAllBytes(_path), _vocabulary);
        return new(snapshot?.Version, snapshot, faults);
    }

    protected override FieldFault Unreadable(string message) => new("", "file", message);

    protected override string Describe(FieldFault fault) =>
        $"{CallersSettings.Key}#{fault.Pointer}: {fault.Message} ({fault.Code})";

    protected override Task<bool> ApplyAsync(
        CallersSnapshot before,
        CallersSnapshot after,
        CancellationToken cancellationToken
    )
    {
        var changes = CallersChanges.Between(before, after);
        Log.CallersApplied(_logger, before.Version, after.Version, changes.Clients, changes.Grants);
        _metrics.Reloaded(applied: true);
        return Task.FromResult(true);
    }

    protected override Task<bool> RefuseAsync(
        FileReading<CallersSnapshot, FieldFault> refused,
        string faults,
        CancellationToken cancellationToken
    )
    {
        Log.CallersRefused(_logger, Current.Version, refused.Faults.Count, faults);
        _metrics.Reloaded(applied: false);
        return Task.FromResult(true);
    }

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
