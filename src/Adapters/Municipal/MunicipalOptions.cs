using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.Municipal;

/// <summary>The municipal system's catch-up service: section <c>Agencies:municipal</c>.</summary>
internal sealed record MunicipalOptions : AddressedOptions
{
    /// <summary>Who we are (<c>X-Client-Id</c>).</summary>
    public string ClientId { get; init; } = string.Empty;

    /// <summary>Reference to the shared secret.</summary>
    public string ClientSecret { get; init; } = string.Empty;

    /// <summary>What <see cref="ClientSecret"/> refers to.</summary>
    public string RevealClientSecret() => Reveal(ClientSecret);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [
            .. base.Faults(),
            .. MissingFaults((ClientId, nameof(ClientId))),
            .. SecretFaults(ClientSecret, nameof(ClientSecret)),
        ];
}
