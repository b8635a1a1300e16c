using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.Utilities.Network;

/// <summary>Section <c>Agencies:network</c>.</summary>
internal sealed record NetworkOptions : AgencyOptions
{
    /// <summary>That it pulls its work list: the only way it works, said so that the section is there.</summary>
    /// <value>Must be true.</value>
    public bool WorkList { get; init; }

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. WorkList ? Array.Empty<string>() : ["WorkList: must be true, there is no other way"]];
}
