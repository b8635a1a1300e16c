using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>
/// The successor platform's envelope: keys of a request in lower case at every depth; answers in
/// <c>{code, message, data}</c>, "200" for success, otherwise a message that starts with the real code, e.g.
/// <c>api-101</c>.
/// </summary>
internal sealed class SuccessorEnvelope(ExchangeRefusal refusal)
{
    private const string Success = "200";

    private static readonly SearchValues<char> s_codeCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz-0123456789"
    );

    /// <summary>The body with lower-case keys.</summary>
    public static HttpContent LowerKeys(ReadOnlySpan<byte> body)
    {
        var lowered = new MemoryStream(body.Length);
        using (var writer = new Utf8JsonWriter(lowered))
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                Copy(ref reader, writer);
            }
        }

        return new ByteArrayContent(lowered.ToArray())
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
    }

    /// <summary>Leaves the provider's own body in the answer.</summary>
    /// <exception cref="AgencyFaultException">The platform says that the call failed, or it is no envelope.</exception>
    public void Open(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            return;
        }

        var envelope = WireAnswer.Read(answer.Content, ExchangeJson.Default.SuccessorAnswer);
        if (envelope.Code != Success)
        {
            var code = LeadingCode(envelope.Message) ?? envelope.Code;
            throw new AgencyFaultException(refusal.FromCode(code) ?? WireFailure.Envelope(code));
        }

        // Some providers are passed on as a text that holds their body.
        var body =
            envelope.Data.ValueKind == JsonValueKind.String ? envelope.Data.GetString()! : envelope.Data.GetRawText();
        answer.Content = new AnswerContent(Encoding.UTF8.GetBytes(body));
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(reader.GetString()!.ToLowerInvariant());
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.GetString());
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    private static string? LeadingCode(string? message)
    {
        var end = message?.AsSpan().IndexOfAnyExcept(s_codeCharacters) ?? -1;
        var code = end < 0 ? message : message![..end];
        return code?.Contains('-', StringComparison.Ordinal) == true ? code : null;
    }
}
