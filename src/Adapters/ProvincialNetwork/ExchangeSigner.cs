using System.Net;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Keys;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>
/// Signs calls under the service's call key: four HTTP headers, on SOAP the same four in the envelope's header too.
/// </summary>
internal sealed class ExchangeSigner(
    ExchangeKeys keys,
    ExchangeRefusal refusal,
    SuccessorEnvelope successor,
    IOptions<ExchangeOptions> options,
    TimeProvider time
) : IDialectSigner
{
    private static readonly HttpRequestOptionsKey<CallKey> s_usedKey = new("integration.exchange-key");

    private readonly ExchangeOptions _options = options.Value;
    private readonly ExchangeFieldNames _names = new(options.Value.Prefix);

    public async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var service = ExchangeService.Get(request);
        var key = await keys.For(service).GetAsync(cancellationToken);
        request.Options.Set(s_usedKey, key);

        var now = ExchangeFields.TimeText(time.GetUtcNow(), _options.TimeUnit);
        var fields = ExchangeFields.Sign(_options.RequesterId!, service.Code, now, key.Value);
        fields.SetOn(request.Headers, _names);
        request.SetHeader("X-Forwarded-For", _options.ForwardedFor);

        if (SoapCall.Find(request) is { } soap)
        {
            request.Content = soap.Signed(_names, fields);
        }
        else if (_options.Envelope == ExchangeEnvelope.Successor && request.Content is { } content)
        {
            request.Content = SuccessorEnvelope.LowerKeys(await content.ReadAsByteArrayAsync(cancellationToken));
        }
    }

    public void Open(HttpRequestMessage request, HttpResponseMessage answer)
    {
        if (_options.Envelope == ExchangeEnvelope.Successor && SoapCall.Find(request) is null)
        {
            successor.Open(answer);
        }
    }

    public bool RefusedKey(HttpRequestMessage request, HttpStatusCode status, ReadOnlyMemory<byte> answer)
    {
        if (!refusal.IsOfKey(answer.Span) || !request.Options.TryGetValue(s_usedKey, out var key))
        {
            return false;
        }

        keys.For(ExchangeService.Get(request)).Drop(key);
        return true;
    }
}
