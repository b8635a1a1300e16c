using System.Globalization;
using System.Text.Json;
using Integration.Sandbox.Door;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.Municipal;

/// <summary>
/// The municipal system's catch-up service, signed with <c>X-Client-Id</c>: gives the signed events that were loaded by
/// <c>POST /sandbox/events</c>, in pages.
/// </summary>
internal sealed class MunicipalAgency(SandboxSettings settings) : Agency("municipal")
{
    private const int Page = 20;
    private static readonly string[] Members = ["source", .. StreamKey.Members, "afterSequence", "since", "cursor"];
    private readonly ClientIdCheck _signature = new(
        settings.Credentials.MunicipalClientId,
        settings.Credentials.MunicipalClientSecret,
        settings.Time
    );
    private readonly LoadedEvents _events = new();

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door)
    {
        routes.MapPost("/municipal/api/events/catch-up", door.Open(this, new Operation("catch-up"), CatchUp));
        routes.MapPost("/sandbox/events", _events.LoadAsync);
    }

    public override Answer NotAuthorised(AgencyCall call) => Refused(StatusCodes.Status403Forbidden, "无权访问该服务");

    public override Answer SignatureRefused(AgencyCall call) =>
        Refused(StatusCodes.Status401Unauthorized, "签名验证失败");

    public override void Reset()
    {
        _signature.Forget();
        _events.Clear();
    }

    private Answer CatchUp(AgencyCall call)
    {
        if (!call.Is("application/json"))
        {
            return Answer.WrongContentType("application/json");
        }

        if (!_signature.IsSigned(call))
        {
            return SignatureRefused(call);
        }

        using var document = call.Json();
        return document is not null && Question(document.RootElement) is { } asked
            ? Found([.. _events.Find(asked).Skip(asked.Skip).Take(Page + 1)], asked.Skip)
            : Refused(StatusCodes.Status400BadRequest, "参数缺失");
    }

    /// <summary>Either one enterprise or property after a number, or everything since a time; nothing else belongs into the body.</summary>
    private static CatchUpQuestion? Question(JsonElement body)
    {
        if (
            body.EnumerateObject().Any(member => !Members.Contains(member.Name, StringComparer.Ordinal))
            || body.Text("source") is not { } source
        )
        {
            return null;
        }

        var skip = 0;
        if (
            body.Text("cursor") is { } cursor
            && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out skip)
        )
        {
            return null;
        }

        var stream = StreamKey.Read(body);
        var isOfStream = stream is not null && body.TryGetProperty("afterSequence", out _);
        return (isOfStream, body.TryGetProperty("since", out var since)) switch
        {
            (true, false) when body.GetProperty("afterSequence").TryGetInt64(out var after) => new CatchUpQuestion(
                source,
                stream,
                after,
                Since: null,
                skip
            ),
            (false, true) when since.TryGetDateTimeOffset(out var time) => new CatchUpQuestion(
                source,
                Stream: null,
                After: 0,
                time,
                skip
            ),
            _ => null,
        };
    }

    private static Answer Found(IReadOnlyList<LoadedEvent> found, int skipped) =>
        Answer.Json(
            found.Count == 0 ? "unknown" : "answered",
            json =>
            {
                json.WriteString("code", "0");
                json.WriteString("message", string.Empty);
                json.WriteStartArray("messages");
                foreach (var loaded in found.Take(Page))
                {
                    json.WriteStringValue(loaded.Message);
                }

                json.WriteEndArray();
                if (found.Count > Page)
                {
                    json.WriteString("next", (skipped + Page).ToString(CultureInfo.InvariantCulture));
                }
            }
        );

    private static Answer Refused(int status, string message) =>
        Answer.Json(
            $"refused:{status}",
            json =>
            {
                json.WriteString("code", status.ToString(CultureInfo.InvariantCulture));
                json.WriteString("message", message);
                json.WriteNull("messages");
            },
            status
        );
}
