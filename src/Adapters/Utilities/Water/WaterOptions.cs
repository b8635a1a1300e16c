namespace Integration.Adapters.Utilities.Water;

/// <summary>The water company's service hall: section <c>Agencies:water</c>.</summary>
internal sealed record WaterOptions : PolledProviderOptions
{
    private const int DivisionDigits = 6;

    /// <summary>Who we are (<c>X-Client-Id</c>).</summary>
    public string ClientId { get; init; } = string.Empty;

    /// <summary>Reference to the shared secret.</summary>
    public string ClientSecret { get; init; } = string.Empty;

    /// <summary>Division code, six digits (<c>qxdm</c>).</summary>
    public string Division { get; init; } = string.Empty;

    /// <summary>Code under which the company knows us (<c>dwdm</c>).</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>What <see cref="ClientSecret"/> refers to.</summary>
    public string RevealClientSecret() => Reveal(ClientSecret);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [
            .. base.Faults(),
            .. MissingFaults((ClientId, nameof(ClientId)), (Unit, nameof(Unit))),
            .. SecretFaults(ClientSecret, nameof(ClientSecret)),
            .. Division.Length == DivisionDigits && Division.All(char.IsAsciiDigit)
                ? Array.Empty<string>()
                : ["Division: six digits are needed"],
        ];
}
