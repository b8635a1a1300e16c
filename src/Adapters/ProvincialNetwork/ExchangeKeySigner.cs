using System.Net.Http.Headers;
using System.Text.Json;
using Integration.Adapters.Http.Dialects;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>Signs refreshes under the application key and puts the four fields where the platform wants them.</summary>
internal sealed class ExchangeKeySigner(IOptions<ExchangeOptions> options, TimeProvider time) : IDialectSigner
{
    private readonly ExchangeOptions _options = options.Value;
    private readonly ExchangeFieldNames _names = new(options.Value.Prefix);
    private readonly string _applicationKey = options.Value.RevealApplicationKey();

    public ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var now = ExchangeFields.TimeText(time.GetUtcNow(), _options.TimeUnit);
        var service = ExchangeService.Get(request).Code;
        var fields = ExchangeFields.Sign(_options.RequesterId!, service, now, _applicationKey);
        if (_options.RefreshPlacement is RefreshPlacement.Headers or RefreshPlacement.Both)
        {
            fields.SetOn(request.Headers, _names);
        }

        request.Content = Body(_options.RefreshPlacement == RefreshPlacement.Headers ? null : fields);
        return ValueTask.CompletedTask;
    }

    private ByteArrayContent Body(ExchangeFields? fields)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (fields is not null)
            {
                json.WriteString(_names.Requester, fields.Requester);
                json.WriteString(_names.Service, fields.Service);
                json.WriteString(_names.Time, fields.Time);
                json.WriteString(_names.Signature, fields.Signature);
            }

            json.WriteEndObject();
        }

        return new(body.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
