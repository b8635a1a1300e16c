using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>
/// The registry's SOAP services: the caller's record in our package, that one in our envelope.
/// </summary>
internal sealed class ExchangeSoapDialect(
    ExchangeSigner signer,
    PopulationSoap soap,
    IOptions<PopulationOptions> options,
    IOptions<ExchangeOptions> exchange
) : IForwardedDialect
{
    private readonly PopulationOptions _options = options.Value;

    public ForwardingDialect Description { get; } =
        new(
            "exchange-soap",
            NeedsService: true,
            ForwardingRegistration.Rooted(exchange.Value.SoapPath),
            WireFormat.Xml,
            WireFormat.SoapPackage,
            HasEnvelope: true
        );

    /// <summary>
    /// A service is written <c>sid</c> where the options name it, otherwise <c>sid:operation</c>: the operation stands
    /// in the envelope, and the platform does not say which belongs to which sid.
    /// </summary>
    public IForwardedService? Open(string? service)
    {
        var parts = service?.Split(':') ?? [];
        var operation = parts switch
        {
            [var sid] => Named(sid),
            [_, var name] when PopulationOperation.IsCode(name) => PopulationOperation.From(name),
            _ => null,
        };
        if (operation is null || !ExchangeService.IsCode(parts[0]))
        {
            return null;
        }

        var called = new ExchangeService(parts[0]);
        return new ForwardedService(signer, (request, question) => Wrap(request, question, called, operation));
    }

    private PopulationOperation? Named(string sid) =>
        sid == _options.CheckService ? PopulationOperation.Check
        : sid == _options.BasicDataService ? PopulationOperation.BasicData
        : null;

    private AgencyFailure? Wrap(
        HttpRequestMessage request,
        ForwardedQuestion question,
        ExchangeService service,
        PopulationOperation operation
    )
    {
        if (!ForwardedRecord.Read(question).Succeeded(out var record, out var failure))
        {
            return failure;
        }

        service.SetOn(request);
        soap.Call(operation, record, question.RequestId).SetOn(request);
        // SOAP 1.1 section 6.1.1; the platform demands the empty one.
        request.SetHeader("SOAPAction", "\"\"");
        return null;
    }
}
