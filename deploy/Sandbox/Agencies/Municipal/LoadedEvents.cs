using System.Collections.Concurrent;
using System.Text.Json;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Municipal;

/// <summary>What is asked for.</summary>
internal sealed record CatchUpQuestion(string Source, StreamKey? Stream, long After, DateTimeOffset? Since, int Skip);

/// <summary>What events are about: an enterprise, or a property by its unit or its certificate.</summary>
/// <param name="Member">How the body names it.</param>
/// <param name="Value">Its number.</param>
internal sealed record StreamKey(string Member, string Value)
{
    public static readonly IReadOnlyList<string> Members = ["uscc", "unitNumber", "certificateNumber"];

    /// <summary>The one that a body names; null: none, or several.</summary>
    public static StreamKey? Read(JsonElement body)
    {
        var named = Members.Where(member => body.Text(member) is not null).ToList();
        return named is [var only] ? new StreamKey(only, body.Text(only)!) : null;
    }
}

/// <summary>An event that the municipal system will give when it is asked.</summary>
/// <param name="Source">The CloudEvents <c>source</c>.</param>
/// <param name="Stream">The enterprise, or the property.</param>
/// <param name="Sequence">Its number; null: the source does not count.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Message">The CMS that carries it, Base64; given out as it is, good or bad.</param>
internal sealed record LoadedEvent(
    string Source,
    StreamKey Stream,
    long? Sequence,
    DateTimeOffset Time,
    string Message
);

/// <summary>The events that were loaded, in the order in which they were.</summary>
internal sealed class LoadedEvents
{
    private readonly ConcurrentQueue<LoadedEvent> _events = [];

    public IEnumerable<LoadedEvent> Find(CatchUpQuestion asked) =>
        _events.Where(loaded =>
            loaded.Source == asked.Source
            && (
                asked.Since is { } since
                    ? loaded.Time >= since
                    : loaded.Stream == asked.Stream && loaded.Sequence > asked.After
            )
        );

    public void Clear() => _events.Clear();

    /// <summary>204; 400 when a member is missing or is not what it should be.</summary>
    public async Task LoadAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        using var document = AgencyCall.Json(body.GetBuffer().AsMemory(0, (int)body.Length));
        if (document is null || Read(document.RootElement) is not { } loaded)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        _events.Enqueue(loaded);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static LoadedEvent? Read(JsonElement body)
    {
        long? sequence = null;
        if (body.TryGetProperty("sequence", out var number))
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetInt64(out var value))
            {
                return null;
            }

            sequence = value;
        }

        return
            body.Text("source") is { } source
            && StreamKey.Read(body) is { } stream
            && body.Text("message") is { } message
            && body.Text("time") is not null
            && body.GetProperty("time").TryGetDateTimeOffset(out var time)
            ? new LoadedEvent(source, stream, sequence, time, message)
            : null;
    }
}
