namespace Integration.Contracts.V1.Operations;

/// <summary>
/// The State Council's arrangement of the holidays of a year. Body of <c>PUT /v1/ops/calendars/{year}</c>; the members
/// of a day are those of the holiday-cn project.
/// </summary>
public sealed record CalendarRequest
{
    /// <summary>Number of the notice, e.g. <c>国办发明电〔2025〕7号</c>; 1 to 200 characters.</summary>
    public string? Notice { get; init; }

    /// <summary>Every day that the notice names: 20 to 40 days off and the make-up working days; at most 100.</summary>
    public IReadOnlyList<CalendarDayInput>? Days { get; init; }

    /// <summary>Needed to replace a year that is in force. Default false.</summary>
    public bool? Replaces { get; init; }
}

/// <summary>A day that differs from an ordinary week.</summary>
public sealed record CalendarDayInput
{
    /// <summary>The date, e.g. <c>2027-10-01</c>: in the year, the December before it or the January after it.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The holiday, e.g. <c>国庆节</c>; 1 to 32 characters.</summary>
    public string? Name { get; init; }

    /// <summary>True: a day off. False: a Saturday or Sunday on which is worked.</summary>
    public bool? IsOffDay { get; init; }
}
