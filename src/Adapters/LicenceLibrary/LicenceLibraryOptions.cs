using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>The electronic licence library: section <c>Agencies:licence-library</c>.</summary>
internal sealed record LicenceLibraryOptions : AddressedOptions
{
    private const int TypeCodeCharacters = 21;

    /// <summary>Our access id.</summary>
    public string AccessId { get; init; } = string.Empty;

    /// <summary>Reference to our access token.</summary>
    public string AccessToken { get; init; } = string.Empty;

    /// <summary>Type code of real-estate certificates.</summary>
    /// <value>Default <c>11100000MB03271699022</c>.</value>
    public string TitleType { get; init; } = "11100000MB03271699022";

    /// <summary>Type code of business licences.</summary>
    /// <value>Default <c>11100000MB0143028R001</c>.</value>
    public string BusinessLicenceType { get; init; } = "11100000MB0143028R001";

    /// <summary>What the library is told of the use of a licence.</summary>
    public UseCauseOptions UseCause { get; init; } = new();

    /// <summary>What <see cref="AccessToken"/> refers to.</summary>
    public string RevealAccessToken() => Reveal(AccessToken);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [
            .. base.Faults(),
            .. MissingFaults(
                (AccessId, nameof(AccessId)),
                (UseCause.SystemName, "UseCause:SystemName"),
                (UseCause.CallCategory, "UseCause:CallCategory"),
                (UseCause.MatterName, "UseCause:MatterName"),
                (UseCause.CopyCause, "UseCause:CopyCause")
            ),
            .. SecretFaults(AccessToken, nameof(AccessToken)),
            .. TypeFaults(TitleType, nameof(TitleType)),
            .. TypeFaults(BusinessLicenceType, nameof(BusinessLicenceType)),
        ];

    private static IEnumerable<string> TypeFaults(string type, string key) =>
        type.Length == TypeCodeCharacters && type.All(char.IsAsciiLetterOrDigit)
            ? []
            : [$"{key}: 21 letters and digits are needed"];
}

/// <summary>Section <c>UseCause</c>. The library keeps it with each use; the event code is our request number.</summary>
internal sealed record UseCauseOptions
{
    /// <summary>Our system's name.</summary>
    public string SystemName { get; init; } = "获得电力数据共享网关";

    /// <summary>Category of the call.</summary>
    public string CallCategory { get; init; } = "政务服务";

    /// <summary>The matter it is for.</summary>
    public string MatterName { get; init; } = "用电报装";

    /// <summary>Why it is copied.</summary>
    public string CopyCause { get; init; } = "用电报装核验";
}
