using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.GridResource;

/// <summary>The grid-resource platform: section <c>Agencies:grid-resource</c>.</summary>
internal sealed record GridResourceOptions : AddressedOptions
{
    /// <summary>Who we are (<c>x-tif-paasid</c>).</summary>
    public string PaasId { get; init; } = string.Empty;

    /// <summary>Reference to the shared token.</summary>
    public string Token { get; init; } = string.Empty;

    /// <summary>The service called (<c>x-tif-serviceId</c>).</summary>
    /// <value>Default none: the header is not sent.</value>
    public string? ServiceId { get; init; }

    /// <summary>What <see cref="Token"/> refers to.</summary>
    public string RevealToken() => Reveal(Token);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. MissingFaults((PaasId, nameof(PaasId))), .. SecretFaults(Token, nameof(Token))];
}
