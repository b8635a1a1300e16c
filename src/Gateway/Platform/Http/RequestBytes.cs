using System.Buffers;
using Integration.Gateway.Platform.Problems;

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

    /// <summary>Why a body cannot be read as one of these types; null: it can.</summary>
    /// <returns>415 <c>unsupported-media-type</c>, which names the types that are taken.</returns>
    public static Refusal? Refused(HttpRequest request, params ReadOnlySpan<string> types)
    {
        var reason =
            request.Headers.ContentEncoding.Count > 0 ? "The body is sent with a Content-Encoding."
            : ContentTypes.FaultIn(request.ContentType, types) is { } fault ? ContentTypes.Text(fault)
            : null;
        return reason is null
            ? null
            : Refusal.UnsupportedMediaType with
            {
                Detail = $"{reason} Send {string.Join(" or ", types)} in UTF-8, not compressed. Nothing was stored.",
            };
    }
}
