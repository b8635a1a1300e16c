namespace Integration.Adapters.Http.Settings;

/// <summary>What an agency that we connect to ourselves can be told; others are reached through one of these.</summary>
internal abstract record AddressedOptions : AgencyOptions
{
    private const int MostAlternates = 7;

    /// <summary>Where the agency answers; all paths stand under it.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Where it answers as well; for forwarded requests only, in this order.</summary>
    /// <value>Default none; at most 7, each different from the others and from <see cref="BaseAddress"/>.</value>
    public IReadOnlyList<Uri> AlternateAddresses { get; init; } = [];

    /// <summary>Path under an address that is asked, unsigned, to see whether the address is alive.</summary>
    /// <value>Default null: addresses are not asked. Without query or fragment.</value>
    public string? ProbePath { get; init; }

    /// <summary>Every address, the preferred one first.</summary>
    public IReadOnlyList<Uri> Addresses => [BaseAddress!, .. AlternateAddresses];

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [
            .. base.Faults(),
            .. AddressFaults(BaseAddress),
            .. AlternateAddresses.SelectMany(
                (address, i) => AddressFaults(address, $"{nameof(AlternateAddresses)}:{i}")
            ),
            .. RuleFaults(),
        ];

    private IEnumerable<string> RuleFaults()
    {
        if (AlternateAddresses.Count > MostAlternates)
        {
            yield return $"{nameof(AlternateAddresses)}: at most {MostAlternates}";
        }

        if (AlternateAddresses.Append(BaseAddress).Distinct().Count() <= AlternateAddresses.Count)
        {
            yield return $"{nameof(AlternateAddresses)}: an address stands there twice";
        }

        if (ProbePath is not null && !IsPath(ProbePath))
        {
            yield return $"{nameof(ProbePath)}: a path under the address is needed, of letters, digits and -._~/";
        }
    }

    private static bool IsPath(string path) =>
        path.Length is > 0 and <= 256
        && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or '/')
        && !path.Contains("..", StringComparison.Ordinal)
        && !path.Contains("//", StringComparison.Ordinal);
}
