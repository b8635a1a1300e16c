using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>
/// How the platform itself, not the service behind it, says no: on REST <c>{"code":"E-103",…}</c>, on SOAP a fault.
/// </summary>
internal sealed class ExchangeRefusal(IOptions<ExchangeOptions> options)
{
    private const int LongestRefusal = 8 * 1024;

    private readonly string _keyRefused = options.Value.KeyRefusedCode;
    private readonly byte[] _keyRefusedBytes = Encoding.UTF8.GetBytes(options.Value.KeyRefusedCode);
    private readonly string _notAuthorised = options.Value.NotAuthorisedCode;

    /// <summary>Whether the answer refuses the call key. Cheap for every other answer.</summary>
    public bool IsOfKey(ReadOnlySpan<byte> answer) =>
        answer.Length <= LongestRefusal
        && answer.IndexOf(_keyRefusedBytes) >= 0
        && (RestCode(answer) == _keyRefused || answer.IndexOf("faultcode"u8) >= 0);

    /// <summary>The failure behind a REST code; null when the code is not the platform's.</summary>
    public AgencyFailure? OfCode(string? code) =>
        code switch
        {
            _ when code == _keyRefused => Http.Failures.Secret(WireFailure.Bounded(code)),
            _ when code == _notAuthorised => WireFailure.Credentials(code),
            _ => null,
        };

    /// <summary>The failure behind a SOAP fault; platforms put the code into either of its texts.</summary>
    public AgencyFailure OfFault(XElement fault)
    {
        var code = fault.Element("faultcode")?.Value.Trim();
        var text = fault.Element("faultstring")?.Value ?? string.Empty;
        return OfCode(code)
            ?? OfCode(
                text.Contains(_keyRefused, StringComparison.Ordinal) ? _keyRefused
                : text.Contains(_notAuthorised, StringComparison.Ordinal) ? _notAuthorised
                : null
            )
            ?? WireFailure.Envelope(code);
    }

    private static string? RestCode(ReadOnlySpan<byte> answer)
    {
        var json = new Utf8JsonReader(answer);
        try
        {
            while (json.Read() && json.CurrentDepth <= 1)
            {
                if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("code"u8))
                {
                    json.Read();
                    return json.TokenType == JsonTokenType.String ? json.GetString() : null;
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON, so no refusal in JSON; the reader of the answer says what it is.
        }

        return null;
    }
}
