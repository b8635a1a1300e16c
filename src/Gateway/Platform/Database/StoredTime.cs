using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Integration.Gateway.Platform.Database;

/// <summary>Times as both engines can hold them: UTC, whole microseconds.</summary>
internal static class StoredTime
{
    public static DateTimeOffset From(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}

/// <summary>SQLite has no time type: UTC ticks sort and compare.</summary>
internal sealed class TicksConverter()
    : ValueConverter<DateTimeOffset, long>(
        time => StoredTime.From(time).UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero)
    );

/// <summary>Npgsql takes UTC only.</summary>
internal sealed class UtcConverter()
    : ValueConverter<DateTimeOffset, DateTimeOffset>(time => StoredTime.From(time), time => time);
