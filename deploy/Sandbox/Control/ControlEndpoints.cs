using System.Text.Json;
using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;

namespace Integration.Sandbox.Control;

/// <summary>The sandbox's own addresses: faults, calls, reset. No agency has them.</summary>
internal sealed class ControlEndpoints(
    IReadOnlyList<Agency> agencies,
    FaultSwitchboard faults,
    CallList calls,
    MalformedAnswers malformed,
    ReplicaLag lag
)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sandbox/faults", SetFaultAsync);
        routes.MapGet("/sandbox/calls", http => SendAsync(http, Listed(calls.Snapshot())));
        routes.MapPost("/sandbox/reset", ResetAsync);
    }

    private async Task SetFaultAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var wrong = new List<string>();
        if (FaultOrderReader.Read(body.GetBuffer().AsMemory(0, (int)body.Length), wrong) is not { } order)
        {
            await SendAsync(http, Refused(wrong));
            return;
        }

        if (order.Kind == FaultKind.ExpireSecret)
        {
            // Every secret that was issued is void at once; without a number it is the next call that notices.
            var agency = agencies.FirstOrDefault(agency => agency.Name == order.Agency);
            agency?.ForgetSecrets();
            order = order is { Seconds: null, Count: null } ? order with { Count = 1 } : order;
            faults.Set(agency?.IsRefusedInFront == true ? LessTheFirst(order) : order);
        }
        else
        {
            faults.Set(order);
        }

        await SendAsync(http, Confirmed(order));
    }

    /// <summary>The exchange platform refuses the first call under a void secret itself: the provider never sees it.</summary>
    private static FaultOrder LessTheFirst(FaultOrder order) =>
        order switch
        {
            { Count: 1 } => order with { Kind = FaultKind.None },
            { Count: { } count } => order with { Count = count - 1 },
            _ => order,
        };

    private Task ResetAsync(HttpContext http)
    {
        faults.Clear();
        foreach (var agency in agencies)
        {
            agency.Reset();
        }

        malformed.Restart();
        lag.Restart();
        calls.Clear();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Answer Confirmed(FaultOrder order) =>
        Answer.Json(
            "answered",
            json =>
            {
                json.WriteString("agency", order.Agency);
                json.WriteString("fault", FaultNames.For(order.Kind));
                if (order.Seconds is { } seconds)
                {
                    json.WriteNumber("seconds", seconds);
                }

                if (order.Count is { } count)
                {
                    json.WriteNumber("count", count);
                }

                if (order.Operation is { } operation)
                {
                    json.WriteString("operation", operation);
                }
            }
        );

    private static Answer Refused(List<string> faults) =>
        Answer.Json(
            "refused",
            json =>
            {
                json.WriteString("type", "urn:integration:problem:request-invalid");
                json.WriteString("title", "The request is not valid.");
                json.WriteNumber("status", StatusCodes.Status400BadRequest);
                json.WriteString("detail", string.Join(' ', faults));
                Names(json, "agencies", FaultNames.Agencies);
                Names(json, "faults", FaultNames.Faults);
            },
            StatusCodes.Status400BadRequest
        ) with
        {
            ContentType = "application/problem+json",
        };

    private static void Names(Utf8JsonWriter json, string member, IReadOnlyList<string> names)
    {
        json.WriteStartArray(member);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Listed(IReadOnlyList<ListedCall> calls)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("agency", call.Agency);
            json.WriteString("operation", call.Operation);
            json.WriteString("at", call.At);
            json.WriteString("outcome", call.Outcome);
            json.WriteBoolean("effective", call.Effective);
            WriteOptional(json, "idempotencyKey", call.IdempotencyKey);
            WriteOptional(json, "correlation", call.Correlation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteOptional(Utf8JsonWriter json, string member, string? value)
    {
        if (value is not null)
        {
            json.WriteString(member, value);
        }
    }

    private static Task SendAsync(HttpContext http, ReadOnlyMemory<byte> json) =>
        SendAsync(http, new Answer(StatusCodes.Status200OK, Answer.JsonType, json, "answered"));

    private static async Task SendAsync(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }
}
