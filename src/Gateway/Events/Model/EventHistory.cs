using System.Text.Json;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Events.Model;

/// <summary>What happened to an event after it was received: the column <c>History</c>.</summary>
internal static class EventHistory
{
    /// <summary>An earlier event is missing; the source is asked for it.</summary>
    public const string Waiting = "waiting-for-earlier";

    /// <summary>The missing event came.</summary>
    public const string CaughtUp = "caught-up";

    /// <summary>The missing event did not come in time; it goes on without.</summary>
    public const string GapGivenUp = "gap-given-up";

    /// <summary>It could not be processed; it is tried again.</summary>
    public const string Failed = "failed";

    public const string Processed = "processed";
    public const string DeadLetter = "dead-letter";

    /// <summary>Operators had it processed again.</summary>
    public const string Released = "released";

    public static IReadOnlyList<EventHistoryEntry> Read(string history) =>
        JsonSerializer.Deserialize(history, ApiJson.For<IReadOnlyList<EventHistoryEntry>>())
        ?? throw new InvalidOperationException("The history of an event is the JSON null.");

    public static string Append(string history, params IEnumerable<EventHistoryEntry> entries) =>
        JsonSerializer.Serialize([.. Read(history), .. entries], ApiJson.For<IReadOnlyList<EventHistoryEntry>>());
}
