using System.Net.Http.Headers;
using System.Text.Json;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Forwarding;

/// <summary>The JSON body of a caller, where a dialect puts it into an envelope.</summary>
internal static class ForwardedJson
{
    private static readonly JsonDocumentOptions s_strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = WireJson.MaxDepth,
    };

    /// <summary>The body as one object, or what is wrong with it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="reserved">Fields that we write, in any case: a caller who sends one is refused.</param>
    public static WireRead<JsonElement> Read(ForwardedQuestion question, params IReadOnlyList<string> reserved)
    {
        if (!ForwardedBody.Text(question).Succeeded(out var text, out var failure))
        {
            return failure;
        }

        try
        {
            if (!HoldsText(text.Span))
            {
                return ForwardedBody.Refused("charset");
            }

            var root = JsonElement.Parse(text.Span, s_strict);
            return root.ValueKind == JsonValueKind.Object ? Checked(root, reserved) : ForwardedBody.Refused("json");
        }
        catch (JsonException)
        {
            // The message may quote the body: only the fact is kept.
            return ForwardedBody.Refused("json");
        }
    }

    /// <summary>Writes the object's fields into an object that is open.</summary>
    public static void WriteFields(this Utf8JsonWriter json, JsonElement fields)
    {
        foreach (var field in fields.EnumerateObject())
        {
            field.WriteTo(json);
        }
    }

    /// <summary>One object.</summary>
    public static HttpContent Write(Action<Utf8JsonWriter> fields)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return Content(body.ToArray());
    }

    public static HttpContent Content(ReadOnlyMemory<byte> json) =>
        new ReadOnlyMemoryContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>
    /// Whether every name and text is one: half a character can be written as an escape (<c>\ud800</c>), is valid JSON and
    /// cannot be written again.
    /// </summary>
    private static bool HoldsText(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = WireJson.MaxDepth });
        while (json.Read())
        {
            if (json.ValueIsEscaped && !IsText(ref json))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsText(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Two spellings of one name are one field to some agencies and two to others.</summary>
    private static WireRead<JsonElement> Checked(JsonElement root, IReadOnlyList<string> reserved)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in root.EnumerateObject())
        {
            if (reserved.Contains(field.Name, StringComparer.OrdinalIgnoreCase))
            {
                return ForwardedBody.Reserved;
            }

            if (!names.Add(field.Name))
            {
                return ForwardedBody.Refused("duplicate-field");
            }
        }

        return root;
    }
}
