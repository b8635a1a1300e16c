namespace Integration.Adapters.Utilities.Television;

/// <summary>The television company's file box: section <c>Agencies:television</c>.</summary>
internal sealed record TelevisionOptions : PolledProviderOptions
{
    /// <summary>Files are looked at rarely, unless the configuration says otherwise.</summary>
    public TelevisionOptions() => PollEvery = TimeSpan.FromMinutes(10);

    /// <summary>Who we are; without a colon.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>Reference to the password.</summary>
    public string Password { get; init; } = string.Empty;

    /// <summary>What <see cref="Password"/> refers to.</summary>
    public string RevealPassword() => Reveal(Password);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [
            .. base.Faults(),
            .. MissingFaults((UserName, nameof(UserName))),
            .. SecretFaults(Password, nameof(Password)),
            .. UserName.Contains(':', StringComparison.Ordinal)
                ? ["UserName: no colon can stand in it"]
                : Array.Empty<string>(),
        ];
}
