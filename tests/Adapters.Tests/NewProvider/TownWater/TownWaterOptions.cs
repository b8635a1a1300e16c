namespace Integration.Adapters.Utilities.TownWater;

/// <summary>The waterworks: section <c>Agencies:town-water</c>.</summary>
internal sealed record TownWaterOptions : PolledProviderOptions
{
    /// <summary>Who we are (HTTP Basic).</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>Reference to the password; never the password itself.</summary>
    public string Password { get; init; } = string.Empty;

    /// <summary>What <see cref="Password"/> refers to.</summary>
    public string RevealPassword() => Reveal(Password);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. MissingFaults((User, nameof(User))), .. SecretFaults(Password, nameof(Password))];
}
