using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Clocks;

/// <summary>A year's arrangement that operators loaded while the gateway ran; it comes before the built-in one.</summary>
internal sealed class CalendarRow
{
    public required int Year { get; init; }

    /// <summary>Number of the State Council's notice, e.g. <c>国办发明电〔2025〕7号</c>.</summary>
    public required string Notice { get; set; }

    /// <summary>A <see cref="CalendarYear"/> as JSON.</summary>
    public required string Days { get; set; }

    public required string Actor { get; set; }

    public required DateTimeOffset LoadedAt { get; set; }
}

internal sealed class CalendarRowConfiguration : IEntityTypeConfiguration<CalendarRow>
{
    public void Configure(EntityTypeBuilder<CalendarRow> builder)
    {
        builder.ToTable("Calendars").HasKey(row => row.Year);
        builder.Property(row => row.Year).ValueGeneratedNever();
        builder.Property(row => row.Notice).HasMaxLength(200);
        builder.Property(row => row.Actor).HasMaxLength(128);
    }
}
