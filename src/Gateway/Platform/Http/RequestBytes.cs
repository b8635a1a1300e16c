using System.Buffers;
using System.Net.Http.Headers;

namespace Integration.Gateway.Platform.Http;

/// <summary>A request's body as it came, within a limit.</summary>
internal static class RequestBytes
{
    /// <summary>The whole body; null as soon as it is larger than the limit.</summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, long limit)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            var buffer = read.Buffer;
            if (buffer.Length > limit)
            {
                reader.AdvanceTo(buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return body;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Whether the body is of one of these types, in UTF-8 as far as it says, and not compressed.</summary>
    public static bool IsPlain(HttpRequest request, params ReadOnlySpan<string> types) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var media)
        && types.Contains(media.MediaType, StringComparer.OrdinalIgnoreCase)
        && media.Parameters.All(IsUtf8);

    private static bool IsUtf8(NameValueHeaderValue parameter) =>
        string.Equals(parameter.Name, "charset", StringComparison.OrdinalIgnoreCase)
        && string.Equals(parameter.Value?.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase);
}
