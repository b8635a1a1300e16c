using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>
/// The exchange platform and its dialect: section <c>Agencies:exchange-platform</c>. Provinces differ in every one of
/// these, so that none is a constant.
/// </summary>
internal sealed record ExchangeOptions : AddressedOptions
{
    /// <summary>Our requester number (rid).</summary>
    public string? RequesterId { get; init; }

    /// <summary>Our application key: 32 lower hex digits used as text. A <c>file:</c> or <c>env:</c> reference.</summary>
    public string? ApplicationKey { get; init; }

    /// <summary>The dialect of the envelope.</summary>
    /// <value>Default <see cref="ExchangeEnvelope.None"/>: the provider's body comes back as it is.</value>
    public ExchangeEnvelope Envelope { get; init; }

    /// <summary>Prefix of the four field names.</summary>
    /// <value>Default <c>gjgxjhpt</c>; <c>gjzwfwpt</c> on the successor.</value>
    public string Prefix { get; init; } = "gjgxjhpt";

    /// <summary>Where a call key is fetched.</summary>
    public string RefreshPath { get; init; } = "sysapi/auth/refreshappsecret";

    /// <summary>Where REST services are called.</summary>
    public string RestPath { get; init; } = "httpproxy";

    /// <summary>Where SOAP services are called.</summary>
    public string SoapPath { get; init; } = "wsproxy";

    /// <summary>Where the four fields of a refresh stand.</summary>
    public RefreshPlacement RefreshPlacement { get; init; }

    /// <summary>How the call key is encrypted.</summary>
    public KeyEncryption Encryption { get; init; }

    /// <summary>Unit of the time field.</summary>
    public ExchangeTimeUnit TimeUnit { get; init; }

    /// <summary>How long before its end a call key is fetched anew.</summary>
    /// <value>Default 60 s; never more than half of the key's life.</value>
    public TimeSpan RenewBefore { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The platform's code of a successful refresh.</summary>
    public string SuccessCode { get; init; } = "0";

    /// <summary>The platform's code for a signature under an old or wrong call key.</summary>
    public string KeyRefusedCode { get; init; } = "E-103";

    /// <summary>The platform's code for a service that we may not call.</summary>
    public string NotAuthorisedCode { get; init; } = "E-106";

    /// <summary>White-listed address sent as <c>X-Forwarded-For</c>, where the platform checks one.</summary>
    /// <value>Default null: not sent.</value>
    public string? ForwardedFor { get; init; }

    /// <summary>The application key itself.</summary>
    public string RevealApplicationKey() => Reveal(ApplicationKey);

    public override IEnumerable<string> Faults()
    {
        foreach (
            var fault in base.Faults()
                .Concat(
                    MissingFaults(
                        (RequesterId, nameof(RequesterId)),
                        (Prefix, nameof(Prefix)),
                        (RefreshPath, nameof(RefreshPath)),
                        (RestPath, nameof(RestPath)),
                        (SoapPath, nameof(SoapPath)),
                        (SuccessCode, nameof(SuccessCode)),
                        (KeyRefusedCode, nameof(KeyRefusedCode)),
                        (NotAuthorisedCode, nameof(NotAuthorisedCode))
                    )
                )
                .Concat(SecretFaults(ApplicationKey, nameof(ApplicationKey)))
        )
        {
            yield return fault;
        }

        if (RenewBefore < TimeSpan.Zero || RenewBefore > TimeSpan.FromHours(1))
        {
            yield return $"{nameof(RenewBefore)}: 0 s to 1 h";
        }

        if (ForwardedFor is not null && !System.Net.IPAddress.TryParse(ForwardedFor, out _))
        {
            yield return $"{nameof(ForwardedFor)}: an IP address is needed";
        }
    }
}

/// <summary>Where the four fields of a refresh stand.</summary>
internal enum RefreshPlacement
{
    Body,
    Headers,
    Both,
}

/// <summary>Unit of the time field (<c>rtime</c>).</summary>
internal enum ExchangeTimeUnit
{
    Milliseconds,
    Seconds,
}

/// <summary>Whether the platform puts an envelope of its own around answers.</summary>
internal enum ExchangeEnvelope
{
    /// <summary>Predecessor: none.</summary>
    None,

    /// <summary>Successor: keys of requests in lower case, answers in <c>{code,message,data}</c>.</summary>
    Successor,
}
