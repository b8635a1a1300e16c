using System.Globalization;
using System.Text.Json;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Keys;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>Makes a call key of the platform's answer to a refresh.</summary>
internal sealed class ExchangeReader(IOptions<ExchangeOptions> options)
{
    private readonly ExchangeOptions _options = options.Value;
    private readonly string _applicationKey = options.Value.RevealApplicationKey();

    /// <summary>The key, decrypted, and until when it may be used.</summary>
    /// <param name="answer">As received.</param>
    /// <param name="now">When it was received.</param>
    public Reading<CallKey> Key(ExchangeKeyAnswer answer, DateTimeOffset now)
    {
        if (answer.Code != _options.SuccessCode)
        {
            return answer.Code == _options.NotAuthorisedCode
                ? WireFailure.Credentials(answer.Code)
                : WireFailure.Envelope(answer.Code);
        }

        if (
            answer.Data.ValueKind != JsonValueKind.Object
            || answer.Data.Deserialize(ExchangeJson.Default.ExchangeKeyData) is not { Secret: { } encrypted } data
        )
        {
            return WireFailure.Structure("data");
        }

        if (!AppKeyCipher.TryDecrypt(_applicationKey, encrypted, _options.Encryption, out var key))
        {
            return WireFailure.Structure("secret");
        }

        return long.TryParse(data.SecretEndTime, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            ? new CallKey(
                key,
                KeyService.UsableUntil(DateTimeOffset.FromUnixTimeMilliseconds(end), _options.RenewBefore, now)
            )
            : WireFailure.Structure("secretEndTime");
    }
}
