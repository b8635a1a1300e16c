using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>The names of the four fields in a platform's dialect, in the order that SOAP headers keep.</summary>
internal sealed class ExchangeFieldNames(string prefix)
{
    public string Requester { get; } = $"{prefix}_rid";

    public string Service { get; } = $"{prefix}_sid";

    public string Time { get; } = $"{prefix}_rtime";

    public string Signature { get; } = $"{prefix}_sign";
}

/// <summary>The four fields of one signed call, in the order that SOAP headers keep.</summary>
internal sealed record ExchangeFields(string Requester, string Service, string Time, string Signature)
{
    /// <summary>
    /// Signs: Base64 HMAC-SHA256 over service + requester + time, without separators; the body is not covered.
    /// </summary>
    /// <param name="requester">Our requester number (rid).</param>
    /// <param name="service">The service code (sid); for a refresh the one to be called next.</param>
    /// <param name="time">Epoch time as decimal text.</param>
    /// <param name="key">The application key for a refresh, the call key otherwise; used as text.</param>
    public static ExchangeFields Sign(string requester, string service, string time, string key)
    {
        var signature = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(key),
            Encoding.UTF8.GetBytes(string.Concat(service, requester, time))
        );
        return new(requester, service, time, Convert.ToBase64String(signature));
    }

    public static string TimeText(DateTimeOffset now, ExchangeTimeUnit unit) =>
        (unit == ExchangeTimeUnit.Seconds ? now.ToUnixTimeSeconds() : now.ToUnixTimeMilliseconds()).ToString(
            CultureInfo.InvariantCulture
        );

    /// <summary>Sets the fields as headers, in place of those of an earlier attempt.</summary>
    public void SetOn(HttpRequestHeaders headers, ExchangeFieldNames names)
    {
        Set(names.Requester, Requester);
        Set(names.Service, Service);
        Set(names.Time, Time);
        Set(names.Signature, Signature);

        void Set(string name, string value)
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
