using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>The dialect the marketing system speaks.</summary>
internal enum ElectricityDialect
{
    /// <summary><c>gateway_*</c>: a token under the app key, calls under the token.</summary>
    Gateway,

    /// <summary>Zhejiang's IRS: refresh secret and request secret.</summary>
    Irs,
}

/// <summary>The power company's marketing system: section <c>Agencies:electricity</c>.</summary>
internal sealed record ElectricityOptions : AddressedOptions
{
    /// <summary>Which dialect it speaks.</summary>
    /// <value>Default <see cref="ElectricityDialect.Gateway"/>.</value>
    public ElectricityDialect Dialect { get; init; } = ElectricityDialect.Gateway;

    /// <summary>Who we are: <c>gateway_appid</c>, or <c>appKey</c> in the IRS dialect.</summary>
    public string AppId { get; init; } = string.Empty;

    /// <summary>Reference to what we prove it with: the app key, or the app secret in the IRS dialect.</summary>
    public string AppSecret { get; init; } = string.Empty;

    /// <summary>How long before its end a token or secret is renewed.</summary>
    /// <value>Default 60 s; at most 5 min.</value>
    public TimeSpan KeyMargin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What <see cref="AppSecret"/> refers to.</summary>
    public string RevealAppSecret() => Reveal(AppSecret);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [
            .. base.Faults(),
            .. MissingFaults((AppId, nameof(AppId))),
            .. SecretFaults(AppSecret, nameof(AppSecret)),
            .. Enum.IsDefined(Dialect) ? Array.Empty<string>() : ["Dialect: Gateway or Irs"],
            .. KeyMargin >= TimeSpan.Zero && KeyMargin <= TimeSpan.FromMinutes(5)
                ? Array.Empty<string>()
                : ["KeyMargin: 0 to 5 min"],
        ];
}
