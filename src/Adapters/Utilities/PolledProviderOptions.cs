using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.Utilities;

/// <summary>A provider that is asked for its statuses.</summary>
internal abstract record PolledProviderOptions : AddressedOptions
{
    /// <summary>How often its statuses are asked for, for each leg that is open there.</summary>
    /// <value>1 s to 1 day; the default is the provider's.</value>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [
            .. base.Faults(),
            .. PollEvery >= TimeSpan.FromSeconds(1) && PollEvery <= TimeSpan.FromDays(1)
                ? Array.Empty<string>()
                : ["PollEvery: 1 s to 1 day"],
        ];
}
