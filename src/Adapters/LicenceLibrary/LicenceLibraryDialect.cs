using System.Text.Json;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>The caller's <c>data</c> in our envelope; what the licence is used for is said by us.</summary>
internal sealed class LicenceLibraryDialect(LicenceEnvelope envelope) : IForwardedDialect
{
    private const string Cause = "useCause";

    public ForwardingDialect Description { get; } =
        new("licence-library", NeedsService: false, Path: null, WireFormat.Json, WireFormat.Json, HasEnvelope: true);

    public IForwardedService? Open(string? service) =>
        service is null ? new ForwardedService(signer: null, Wrap) : null;

    private AgencyFailure? Wrap(HttpRequestMessage request, ForwardedQuestion question)
    {
        if (!ForwardedJson.Read(question, "head", Cause).Succeeded(out var data, out var failure))
        {
            return failure;
        }

        request.Content = ForwardedJson.Write(json => Write(json, data, question.RequestId));
        return null;
    }

    private void Write(Utf8JsonWriter json, JsonElement data, string requestId)
    {
        json.WritePropertyName("head");
        JsonSerializer.Serialize(json, envelope.Head, LicenceLibraryJson.Default.LicenceRequestHead);
        json.WriteStartObject("data");
        json.WriteFields(data);
        json.WritePropertyName(Cause);
        JsonSerializer.Serialize(json, envelope.CauseOf(requestId), LicenceLibraryJson.Default.UseCause);
        json.WriteEndObject();
    }
}
