using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Clocks.Loading;

/// <summary>The calendars in force: what came with the gateway or its folder, and over it what operators loaded on any node.</summary>
internal sealed partial class CalendarCache(
    IDbContextFactory<GatewayDb> factory,
    IOptions<ClockOptions> options,
    TimeProvider time,
    ILogger<CalendarCache> logger
)
    : PolledTable<CalendarRow, CalendarEdition>(
        factory,
        time,
        new CalendarEdition(version: 1, Given(options.Value), rows: [])
    )
{
    public CalendarEdition Edition => View;

    /// <summary>A year that was committed by this node holds here at once.</summary>
    public void Apply(CalendarRow row) =>
        Change(edition => edition.With([.. edition.Rows.Values.Where(other => other.Year != row.Year), row]));

    protected override CalendarEdition ViewOf(CalendarEdition before, IReadOnlyList<CalendarRow> rows) =>
        before.With(rows);

    protected override void OnReplaced(CalendarEdition before, CalendarEdition after)
    {
        before.BeReplaced();
        Log.CalendarsInForce(logger, after.Version, string.Join(", ", after.Rows.Keys.Order()));
    }

    protected override void OnNotRead(string reason) => Log.CalendarsNotRead(logger, reason);

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
