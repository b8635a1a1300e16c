using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Integration.Gateway.Platform.Files;

/// <summary>A file that operators change while the gateway runs; see <see cref="ReloadingFile{TContent, TFault}"/>.</summary>
internal abstract class ReloadingFile(TimeProvider time) : PeriodicService(time, Interval)
{
    /// <summary>
    /// How often the file is read again, seconds: 5. Polling by content sees what file events miss: replaced links, mounted
    /// configuration, a rotated secret that the file refers to.
    /// </summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Whether an older edition is in force than the file's.</summary>
    public abstract bool IsBehind { get; }

    /// <summary>What operators are told while <see cref="IsBehind"/>.</summary>
    public abstract string BehindDetail { get; }
}

/// <summary>
/// The last good edition of a file. The first one is read before the host starts, or the host does not start; later ones
/// replace it as a whole or not at all, so a wrong new file leaves the running one in force and is reported once.
/// </summary>
/// <typeparam name="TContent">An edition; never changes.</typeparam>
/// <typeparam name="TFault">A fault of the file, with its place.</typeparam>
internal abstract class ReloadingFile<TContent, TFault>(TimeProvider time) : ReloadingFile(time)
    where TContent : class
{
    private readonly SemaphoreSlim _reloading = new(1);
    private CancellationTokenSource _changed = new();
    private TContent _current = null!;
    private string? _version;
    private string _lastRefusal = string.Empty;
    private bool _isBehind;

    /// <summary>The edition in force. A request reads it once and keeps it.</summary>
    public TContent Current => Volatile.Read(ref _current);

    /// <summary>Fires when <see cref="Current"/> is replaced.</summary>
    public IChangeToken Changed => new CancellationChangeToken(Volatile.Read(ref _changed).Token);

    public override bool IsBehind => Volatile.Read(ref _isBehind);

    /// <summary>Reads the file again, with what it refers to.</summary>
    /// <returns>Every fault of the file. Without one it is in force now, unless <see cref="ApplyAsync"/> put it off.</returns>
    public async Task<IReadOnlyList<TFault>> ReloadAsync(CancellationToken cancellationToken)
    {
        await _reloading.WaitAsync(cancellationToken);
        try
        {
            var reading = Read();
            if (reading.Content is not { } content)
            {
                await ReportOnceAsync(reading, cancellationToken);
            }
            else if (reading.Version == _version || await ApplyAsync(_current, content, cancellationToken))
            {
                _lastRefusal = string.Empty; // the file is what is in force
                await PutInForceAsync(reading.Version, content);
            }

            Volatile.Write(ref _isBehind, reading.Content is null || reading.Version != _version);
            return reading.Faults;
        }
        finally
        {
            _reloading.Release();
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        _reloading.Dispose();
        base.Dispose();
    }

    /// <summary>The first reading; the constructor of the file calls it, so that no request sees a file without content.</summary>
    /// <param name="setting">The setting that names the file.</param>
    /// <param name="describe">A fault as a line that names the setting.</param>
    /// <exception cref="OptionsValidationException">The file is missing or wrong; the message lists every fault.</exception>
    protected void Load(string setting, Func<TFault, string> describe)
    {
        var reading = Read();
        (_version, _current) = (
            reading.Version,
            reading.Content
                ?? throw new OptionsValidationException(setting, typeof(TContent), reading.Faults.Select(describe))
        );
    }

    /// <summary>Reads the file's bytes and understands them; <see cref="Unreadable"/> is used when there are none.</summary>
    protected abstract FileReading<TContent, TFault> Understand();

    /// <summary>The fault of a file that is not there or may not be read.</summary>
    protected abstract TFault Unreadable(string message);

    /// <summary>A fault as a line of the report.</summary>
    protected abstract string Describe(TFault fault);

    /// <summary>A good new edition is about to be in force: what has to be told or recorded before.</summary>
    /// <returns>False: it must not be in force now; it is read again at the next look.</returns>
    protected abstract Task<bool> ApplyAsync(TContent before, TContent after, CancellationToken cancellationToken);

    /// <summary>A new file was refused, with other faults than the last time.</summary>
    /// <returns>False: it could not be reported, and is reported again at the next look.</returns>
    protected abstract Task<bool> RefuseAsync(
        FileReading<TContent, TFault> refused,
        string faults,
        CancellationToken cancellationToken
    );

    protected sealed override Task RunOnceAsync(CancellationToken stoppingToken) => ReloadAsync(stoppingToken);

    private FileReading<TContent, TFault> Read()
    {
        try
        {
            return Understand();
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            return new(
                Version: null,
                Content: null,
                [Unreadable($"The file cannot be read ({reason.GetType().Name}).")]
            );
        }
    }

    private async Task PutInForceAsync(string? version, TContent content)
    {
        if (version == _version)
        {
            return;
        }

        _version = version;
        Volatile.Write(ref _current, content);
        var before = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
        await before.CancelAsync();
        before.Dispose();
    }

    private async Task ReportOnceAsync(FileReading<TContent, TFault> refused, CancellationToken cancellationToken)
    {
        var refusal = string.Join(Environment.NewLine, refused.Faults.Select(Describe));
        if (refusal != _lastRefusal && await RefuseAsync(refused, refusal, cancellationToken))
        {
            _lastRefusal = refusal;
        }
    }
}
