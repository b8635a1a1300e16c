using System.Text.Json.Nodes;

namespace Integration.FlowTests.Soak;

/// <summary>
/// Working days counted minute by minute, from the calendar's own text: slow, and with nothing in common with the gateway's
/// clocks but the data. 08:30-12:00 and 14:00-17:30, Asia/Shanghai, day of acceptance is day 0, yellow from 70 %.
/// </summary>
internal static class ClockReference
{
    private static readonly TimeSpan s_offset = TimeSpan.FromHours(8);
    private static readonly Dictionary<DateOnly, bool> s_arranged = Read();

    /// <summary>When 70 % of so many working days are used up.</summary>
    public static DateTimeOffset YellowAt(int workingDays, DateTimeOffset startedAt)
    {
        var start = startedAt.ToOffset(s_offset);
        var due = Due(workingDays, start);
        var allowed = 0;
        for (var minute = start; minute < due; minute = minute.AddMinutes(1))
        {
            allowed += Counts(minute) ? 1 : 0;
        }

        var used = 0;
        for (var minute = start; ; minute = minute.AddMinutes(1))
        {
            if (used >= 0.7 * allowed)
            {
                return minute;
            }

            used += Counts(minute) ? 1 : 0;
        }
    }

    private static DateTimeOffset Due(int workingDays, DateTimeOffset start)
    {
        var day = DateOnly.FromDateTime(start.DateTime);
        for (var left = workingDays; left > 0; )
        {
            day = day.AddDays(1);
            left -= IsWorking(day) ? 1 : 0;
        }

        return new DateTimeOffset(day, new TimeOnly(17, 30), s_offset);
    }

    private static bool Counts(DateTimeOffset minute)
    {
        var time = TimeOnly.FromDateTime(minute.DateTime);
        var isOpen =
            (time >= new TimeOnly(8, 30) && time < new TimeOnly(12, 0))
            || (time >= new TimeOnly(14, 0) && time < new TimeOnly(17, 30));
        return isOpen && IsWorking(DateOnly.FromDateTime(minute.DateTime));
    }

    private static bool IsWorking(DateOnly day) =>
        s_arranged.TryGetValue(day, out var isOff)
            ? !isOff
            : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static Dictionary<DateOnly, bool> Read()
    {
        var days = new Dictionary<DateOnly, bool>();
        var assembly = typeof(Gateway.Clocks.SlaClock).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(name => name.Contains(".Clocks.Data.", StringComparison.Ordinal))
        )
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var day in JsonNode.Parse(stream)!["days"]!.AsArray())
            {
                days[DateOnly.Parse((string)day!["date"]!, System.Globalization.CultureInfo.InvariantCulture)] = (bool)
                    day["isOffDay"]!;
            }
        }

        return days;
    }
}
