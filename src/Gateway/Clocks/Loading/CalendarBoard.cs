using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Clocks.Loading;

/// <summary>
/// The calendars in force. Rows are read before the listeners open and every two seconds, so that a year loaded on another
/// node holds here soon; while the database does not answer, what was last read holds.
/// </summary>
internal sealed partial class CalendarBoard(
    IDbContextFactory<GatewayDb> factory,
    IOptions<ClockOptions> options,
    TimeProvider time,
    ILogger<CalendarBoard> logger
) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private CalendarEdition _edition = new(1, Given(options.Value), []);
    private long _changes;

    public CalendarEdition Edition => Volatile.Read(ref _edition);

    /// <summary>Without knowing what was loaded the gateway does not start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Read(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>A year that was committed by this node holds here at once.</summary>
    public void Apply(CalendarRow row)
    {
        lock (_lock)
        {
            _changes++;
            Show([.. _edition.Rows.Values.Where(other => other.Year != row.Year), row]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(s_period, time, stoppingToken);
                await TryRead(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    /// <summary>Files win over what is built in.</summary>
    private static List<GivenYear> Given(ClockOptions options) =>
        [
            .. CalendarFiles
                .In(options.Calendars, [])
                .Select(year => new GivenYear(year, CalendarSource.Folder))
                .UnionBy(
                    CalendarFiles.Embedded().Select(year => new GivenYear(year, CalendarSource.BuiltIn)),
                    year => year.Calendar.Year
                ),
        ];

    private async Task TryRead(CancellationToken cancellationToken)
    {
        try
        {
            await Read(cancellationToken);
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Unavailable)
        {
            Log.CalendarsNotRead(logger, reason.GetType().Name);
        }
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<CalendarRow>().AsNoTracking().ToListAsync(cancellationToken);
        lock (_lock)
        {
            // What this node changed while it was reading is newer than what it read.
            if (changes == _changes)
            {
                Show(rows);
            }
        }
    }

    private void Show(IReadOnlyList<CalendarRow> rows)
    {
        var (before, after) = (_edition, _edition.With(rows));
        if (ReferenceEquals(before, after))
        {
            return;
        }

        Volatile.Write(ref _edition, after);
        before.BeReplaced();
        Log.CalendarsInForce(logger, after.Version, string.Join(", ", after.Rows.Keys.Order()));
    }

    private static partial class Log
    {
        [LoggerMessage(
            1500,
            LogLevel.Warning,
            "Which calendars operators loaded cannot be read ({Reason}); what was last read holds."
        )]
        public static partial void CalendarsNotRead(ILogger logger, string reason);

        [LoggerMessage(1501, LogLevel.Information, "Calendars {Version} hold now; operators loaded: {Years}.")]
        public static partial void CalendarsInForce(ILogger logger, int version, string years);
    }
}
