using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Clocks.Loading;

/// <summary>
/// Loads a year's notice. The audit record and the row are one commit; only then does the year hold on this node, and
/// within seconds on the others. No case is touched: clocks are read by the calendar in force when they are read.
/// </summary>
internal sealed class LoadCalendar(AuditTrail audit, CalendarCache calendars, TimeProvider time)
{
    public const string Loaded = "calendar.loaded";
    public const string Replaced = "calendar.replaced";

    /// <summary>
    /// The year as it holds now. The same notice again changes nothing; another one for a year that is in force is refused
    /// unless the order says that it replaces it.
    /// </summary>
    public async Task<Result<CalendarResponse>> LoadAsync(
        Caller ops,
        CalendarOrder order,
        CancellationToken cancellationToken
    )
    {
        var year = order.Calendar.Year;
        var edition = calendars.Edition;
        var days = JsonSerializer.Serialize(order.Calendar, CalendarJson.Default.CalendarYear);
        if (edition.Rows.TryGetValue(year, out var known) && known.Notice == order.Notice && known.Days == days)
        {
            return CalendarAnswers.From(edition, year);
        }

        var isInForce = edition.Calendar.Years.Contains(year);
        if (isInForce && !order.Replaces)
        {
            return Refusal.StateConflict(
                $"The calendar of {year} is in force and cases count with it. To replace it, send it with \"replaces\": true."
            );
        }

        var row = new CalendarRow
        {
            Year = year,
            Notice = order.Notice,
            Days = days,
            Actor = ops.Id,
            LoadedAt = StoredTime.From(time.GetUtcNow()),
        };
        var recorded = await audit.RecordAsync(
            new AuditEntry(ops.Id, isInForce ? Replaced : Loaded, $"calendar:{year}", Detail(order)),
            new LoadedYear(row, order.Replaces),
            cancellationToken
        );
        if (!recorded.Succeeded(out _, out var refusal))
        {
            return refusal;
        }

        calendars.Apply(row);
        return CalendarAnswers.From(calendars.Edition, year);
    }

    private static string Detail(CalendarOrder order) =>
        JsonSerializer.Serialize(
            new CalendarRequest
            {
                Notice = order.Notice,
                Replaces = order.Replaces,
                Days =
                [
                    .. order.Calendar.Days.Select(day => new CalendarDayInput
                    {
                        Date = day.Date,
                        Name = day.Name,
                        IsOffDay = day.IsOffDay,
                    }),
                ],
            },
            IntegrationJson.Options
        );

    /// <summary>Adds or replaces the row of a year; that another node has loaded the year a moment ago is a concurrency conflict.</summary>
    private sealed record LoadedYear(CalendarRow Row, bool Replaces) : IRowWrite
    {
        public void WriteTo(GatewayDb db)
        {
            if (db.Find<CalendarRow>(Row.Year) is not { } stored)
            {
                db.Add(Row);
                return;
            }

            if (!Replaces)
            {
                throw new DbUpdateConcurrencyException("The year was loaded by another node.");
            }

            (stored.Notice, stored.Days, stored.Actor, stored.LoadedAt) = (
                Row.Notice,
                Row.Days,
                Row.Actor,
                Row.LoadedAt
            );
        }
    }
}
