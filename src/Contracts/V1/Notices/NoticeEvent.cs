using System.Text.Json.Serialization;

namespace Integration.Contracts.V1.Notices;

/// <summary>
/// What a subscriber's web-hook receives: CloudEvents 1.0 in structured JSON (<c>application/cloudevents+json</c>). Check its
/// signature over the raw bytes before reading it (docs/spec/notices.md), and drop a notice whose <see cref="Id"/> was seen.
/// </summary>
public sealed record NoticeEvent
{
    /// <summary>Always <c>1.0</c>.</summary>
    [JsonPropertyName("specversion")]
    public required string SpecVersion { get; init; }

    /// <summary>Number of the notice, <c>ntc_…</c>; the same however often it is sent.</summary>
    public required string Id { get; init; }

    /// <summary>The gateway that tells, as its settings name it.</summary>
    public required string Source { get; init; }

    /// <summary>What happened, one of the types of docs/spec/notices.md, e.g. <c>case.accepted</c>; new ones may come.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The case number.</summary>
    public required string Subject { get; init; }

    /// <summary>Always <c>application/json</c>.</summary>
    [JsonPropertyName("datacontenttype")]
    public required string DataContentType { get; init; }

    /// <summary>What is told.</summary>
    public required NoticeData Data { get; init; }
}

/// <summary>What a notice tells. No personal data: look the case up with your own grants.</summary>
public sealed record NoticeData
{
    /// <summary>What happened, one Chinese sentence.</summary>
    public required string Text { get; init; }

    /// <summary>What to do next, in Chinese.</summary>
    public required string Next { get; init; }

    /// <summary>Where the customer can complain or ask; on every notice.</summary>
    public required IReadOnlyList<Hotline> Hotlines { get; init; }

    /// <summary>The particulars of this type, e.g. <c>applicationId</c>.</summary>
    public required IReadOnlyDictionary<string, string?> Details { get; init; }
}

/// <summary>A public telephone number.</summary>
/// <param name="Number">E.g. <c>12398</c>.</param>
/// <param name="Name">Whose it is, in Chinese.</param>
public sealed record Hotline(string Number, string Name);
