using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Integration.Adapters.Http;
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
        && (answer.IndexOf("faultcode"u8) >= 0 || IsInJson(answer));

    /// <summary>The failure behind a REST code; null when the code is not the platform's.</summary>
    public AgencyFailure? FromCode(string? code) =>
        code switch
        {
            _ when code == _keyRefused => CallFailure.Secret(WireFailure.Bounded(code)),
            _ when code == _notAuthorised => WireFailure.Credentials(code),
            _ => null,
        };

    /// <summary>The failure behind a SOAP fault; platforms put the code into either of its texts.</summary>
    public AgencyFailure FromFault(XElement fault)
    {
        var code = fault.Element("faultcode")?.Value.Trim();
        var text = fault.Element("faultstring")?.Value ?? string.Empty;
        return FromCode(code)
            ?? FromCode(
                text.Contains(_keyRefused, StringComparison.Ordinal) ? _keyRefused
                : text.Contains(_notAuthorised, StringComparison.Ordinal) ? _notAuthorised
                : null
            )
            ?? WireFailure.Envelope(code);
    }

    /// <summary>Whether the code stands where the platform writes it: as the code, or in front of the message.</summary>
    private bool IsInJson(ReadOnlySpan<byte> answer)
    {
        var json = new Utf8JsonReader(answer);
        try
        {
            while (json.Read())
            {
                if (json is not { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                {
                    continue;
                }

                var (isCode, isMessage) = (json.ValueTextEquals("code"u8), json.ValueTextEquals("message"u8));
                if (
                    json.Read()
                    && json.TokenType == JsonTokenType.String
                    && (
                        (isCode && json.ValueTextEquals(_keyRefusedBytes))
                        || (isMessage && json.ValueSpan.StartsWith(_keyRefusedBytes))
                    )
                )
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON, so no refusal in JSON; the reader of the answer says what it is.
        }

        return false;
    }
}
