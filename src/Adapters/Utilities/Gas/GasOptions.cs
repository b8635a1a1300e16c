using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.Utilities.Gas;

/// <summary>The gas company's order service: section <c>Agencies:gas</c>.</summary>
internal sealed record GasOptions : PolledProviderOptions
{
    /// <summary>It is slow: longer times and rarer looks than with others, unless the configuration says so.</summary>
    public GasOptions()
    {
        PollEvery = TimeSpan.FromMinutes(5);
        Limits = new AgencyLimits { TotalTime = TimeSpan.FromSeconds(7.5), AttemptTime = TimeSpan.FromSeconds(7) };
    }

    /// <summary>Who we are (<c>x-tif-paasid</c>).</summary>
    public string PaasId { get; init; } = string.Empty;

    /// <summary>Reference to the shared token.</summary>
    public string Token { get; init; } = string.Empty;

    /// <summary>What <see cref="Token"/> refers to.</summary>
    public string RevealToken() => Reveal(Token);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. MissingFaults((PaasId, nameof(PaasId))), .. SecretFaults(Token, nameof(Token))];
}
