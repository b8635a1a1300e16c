using System.Text.Json.Serialization;

namespace Integration.Contracts.V1.Operations;

/// <summary>The years that can be counted in. Answer of <c>GET /v1/ops/calendars</c>.</summary>
public sealed record CalendarsResponse
{
    /// <summary>Which node of the gateway answers.</summary>
    public required string Node { get; init; }

    /// <summary>1 at the start of that node, one more with each year it learnt of since.</summary>
    public required int Version { get; init; }

    /// <summary>By year. A limit that falls into another year is not computed.</summary>
    public required IReadOnlyList<CalendarResponse> Calendars { get; init; }
}

/// <summary>A year as it is counted with.</summary>
public sealed record CalendarResponse
{
    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary><c>builtIn</c>: came with the gateway; <c>folder</c>: a file of the operators; <c>notice</c>: loaded over the API.</summary>
    public required string Source { get; init; }

    /// <summary>Number of the State Council's notice; absent unless it was loaded over the API.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Notice { get; init; }

    /// <summary>The operator's client that loaded it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>When it was loaded, UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LoadedAt { get; init; }

    /// <summary>Working days of the year, for comparing with what is published.</summary>
    public required int WorkingDays { get; init; }

    /// <summary>The days that differ from an ordinary week.</summary>
    public required IReadOnlyList<CalendarDayInput> Days { get; init; }
}
