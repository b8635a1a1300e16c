using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Integration.Gateway.Events.Intake;

/// <summary>What came over HTTP: the body as it came, and the signature beside it. Nothing of it is parsed yet.</summary>
/// <param name="Form">How event and signature were sent.</param>
/// <param name="Body">The body; of <see cref="DeliveryForm.Attached"/> the CMS.</param>
/// <param name="Signature">The CMS of <c>Content-Signature</c>, DER; empty for <see cref="DeliveryForm.Attached"/>.</param>
internal sealed record EventDelivery(DeliveryForm Form, byte[] Body, byte[] Signature)
{
    public const string Structured = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";
    public const string Attached = "application/pkcs7-mime";
    public const string SignatureHeader = "Content-Signature";

    /// <summary>Reads a request.</summary>
    /// <returns>413 <c>body-too-large</c>, 415 <c>unsupported-media-type</c>, or 401 <c>signature-invalid</c> when it is half-signed.</returns>
    public static async ValueTask<Result<EventDelivery>> ReadAsync(HttpRequest request)
    {
        if (FormOf(request) is not { } form)
        {
            return Unsupported(request);
        }

        var limit =
            request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize
            ?? StrictJson.DefaultMaxBytes;
        if (await RequestBytes.ReadAsync(request, limit) is not { } body)
        {
            return Refusal.BodyTooLarge(limit);
        }

        var header = request.Headers[SignatureHeader];
        if (form == DeliveryForm.Attached)
        {
            return header.Count == 0
                ? new EventDelivery(form, body, [])
                : Refusal.SignatureInvalid(
                    $"Rule header: a message that carries its content has no {SignatureHeader}."
                );
        }

        return Decode(header).Succeeded(out var signature, out var halfSigned)
            ? new EventDelivery(form, body, signature)
            : halfSigned;
    }

    public override string ToString() => $"{Form} delivery";

    /// <summary>Names what is wrong and every form that is taken.</summary>
    private static Refusal Unsupported(HttpRequest request)
    {
        var reason =
            request.Headers.ContentEncoding.Count > 0
                ? "The body is sent with a Content-Encoding."
                : ContentTypes.Text(
                    ContentTypes.FaultIn(request.ContentType, Structured, Batch) ?? ContentTypeFault.OtherType
                );
        return Refusal.UnsupportedMediaType with
        {
            Detail =
                $"{reason} Send {Structured} or {Batch} in UTF-8 with {SignatureHeader}, or {Attached}; smime-type=signed-data; not compressed. Nothing was stored.",
        };
    }

    private static DeliveryForm? FormOf(HttpRequest request) =>
        RequestBytes.Refused(request, Structured) is null ? DeliveryForm.Structured
        : RequestBytes.Refused(request, Batch) is null ? DeliveryForm.Batch
        : IsSignedData(request) ? DeliveryForm.Attached
        : null;

    /// <summary>RFC 8551: the parameter says what the CMS is; a file name may stand beside it.</summary>
    private static bool IsSignedData(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var media)
        && media.MediaType.Equals(Attached, StringComparison.OrdinalIgnoreCase)
        && media.Parameters.All(parameter =>
            parameter.Name.Equals("name", StringComparison.OrdinalIgnoreCase)
            || parameter.Name.Equals("smime-type", StringComparison.OrdinalIgnoreCase)
                && HeaderUtilities
                    .RemoveQuotes(parameter.Value)
                    .Equals("signed-data", StringComparison.OrdinalIgnoreCase)
        )
        && media.Parameters.Any(parameter => parameter.Name.Equals("smime-type", StringComparison.OrdinalIgnoreCase));

    private static Result<byte[]> Decode(Microsoft.Extensions.Primitives.StringValues header)
    {
        if (header is not [{ Length: > 0 } text])
        {
            return Refusal.SignatureInvalid(
                header.Count > 1
                    ? $"Rule header: {SignatureHeader} comes once."
                    : $"Rule header: {SignatureHeader} is missing or empty."
            );
        }

        var signature = new byte[text.Length];
        return !text.Any(char.IsWhiteSpace) && Convert.TryFromBase64String(text, signature, out var length)
            ? signature[..length]
            : Refusal.SignatureInvalid($"Rule header: {SignatureHeader} is not Base64 in one piece.");
    }
}

/// <summary>How event and signature come.</summary>
internal enum DeliveryForm
{
    /// <summary>One event, the signature in a header.</summary>
    Structured,

    /// <summary>An array of events, one signature in a header.</summary>
    Batch,

    /// <summary>CMS that holds an event or an array of events.</summary>
    Attached,
}
