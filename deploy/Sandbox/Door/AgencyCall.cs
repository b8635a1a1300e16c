using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Integration.Sandbox.Door;

/// <summary>One call as an agency received it.</summary>
internal sealed class AgencyCall(HttpContext http, ReadOnlyMemory<byte> body, DateTimeOffset now)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public HttpRequest Request => http.Request;

    public CancellationToken Aborted => http.RequestAborted;

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The agency's clock when the call arrived.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The caller's number of the request, once the agency has read it.</summary>
    public string? Correlation { get; set; }

    public string? IdempotencyKey => Header("Idempotency-Key");

    /// <summary>The fault that hits what the agency says of statuses: <c>duplicateStatus</c> or <c>outOfOrder</c>; null: none.</summary>
    public Control.FaultKind? Disorder { get; set; }

    /// <summary>The header's value; null when it is missing, empty or sent twice.</summary>
    public string? Header(string name) =>
        http.Request.Headers.TryGetValue(name, out var values) && values is [{ Length: > 0 } single] ? single : null;

    /// <summary>True when the content type is the one given, in UTF-8 where it names a charset.</summary>
    public bool Is(string mediaType) =>
        MediaTypeHeaderValue.TryParse(Request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The body as one JSON object without duplicate members; null when it is anything else.</summary>
    public JsonDocument? Json() => Json(body);

    public static JsonDocument? Json(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var document = JsonDocument.Parse(utf8, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal static class JsonElements
{
    /// <summary>The member's text; null when it is missing or no text. An empty text counts as missing.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.OptionalText(name) is { Length: > 0 } text ? text : null;

    /// <summary>The member's text, possibly empty; null when it is missing or no text.</summary>
    public static string? OptionalText(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Whether the element is an object that has no other members than these.</summary>
    public static bool HasOnly(this JsonElement element, IReadOnlyCollection<string> names) =>
        element.ValueKind == JsonValueKind.Object
        && element.EnumerateObject().All(member => names.Contains(member.Name, StringComparer.Ordinal));

    /// <summary>The member when it is an object.</summary>
    public static JsonElement? Object(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}
