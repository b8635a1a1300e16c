using System.Text.Json;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>REST services behind the platform: the caller's object, with the provider's own credentials added.</summary>
/// <param name="signer">The platform's signer.</param>
/// <param name="options">The platform's options.</param>
/// <param name="credentials">Fields that the provider wants in the body and that only we may write.</param>
internal sealed class ExchangeRestDialect(
    ExchangeSigner signer,
    IOptions<ExchangeOptions> options,
    params (string Name, string Value)[] credentials
) : IForwardedDialect
{
    private readonly string[] _reserved = [.. credentials.Select(credential => credential.Name)];

    public ForwardingDialect Description { get; } =
        new(
            "exchange-rest",
            NeedsService: true,
            ForwardingRegistration.Rooted(options.Value.RestPath),
            WireFormat.Json,
            WireFormat.Json,
            HasEnvelope: true
        );

    public IForwardedService? Open(string? service)
    {
        if (!ExchangeService.IsCode(service))
        {
            return null;
        }

        var called = new ExchangeService(service);
        return new ForwardedService(signer, (request, question) => Wrap(request, question, called));
    }

    private AgencyFailure? Wrap(HttpRequestMessage request, ForwardedQuestion question, ExchangeService service)
    {
        if (!ForwardedJson.Read(question, _reserved).Succeeded(out var fields, out var failure))
        {
            return failure;
        }

        service.SetOn(request);
        request.Content = ForwardedJson.Write(json => Write(json, fields));
        return null;
    }

    private void Write(Utf8JsonWriter json, JsonElement fields)
    {
        json.WriteFields(fields);
        foreach (var (name, value) in credentials)
        {
            json.WriteString(name, value);
        }
    }
}
