using Integration.Adapters.Ports;

namespace Integration.Gateway.Policy;

/// <summary>What can be said about the supply at acceptance.</summary>
internal sealed record SupplyPolicy
{
    /// <summary>Voltage levels with the largest capacity of each, ascending; the last has none.</summary>
    public required IReadOnlyList<VoltagePolicy> Voltages { get; init; }

    /// <summary>Voltage level below which a high-voltage service never goes.</summary>
    public required string HighVoltage { get; init; }

    /// <summary>Who is connected at no cost; the first rule that fits decides, none means the customer pays his part.</summary>
    public required IReadOnlyList<ZeroCostPolicy> ZeroCost { get; init; }

    /// <summary>Up to this distance to the low-voltage line the connection is direct, metres.</summary>
    public required decimal DirectWithinMetres { get; init; }

    public required string LegalReference { get; init; }
}

/// <summary>A voltage level and the largest capacity it carries, kW; null means without limit.</summary>
internal sealed record VoltagePolicy(string Voltage, decimal? UpToKw, string LegalReference);

/// <summary>One rule of connection at no cost.</summary>
internal sealed record ZeroCostPolicy
{
    public required string Rule { get; init; }

    public required ApplicantKind Applicant { get; init; }

    /// <summary>Largest capacity, kW; null means without limit.</summary>
    public decimal? UpToKw { get; init; }

    /// <summary>Size classes it is limited to; null means all.</summary>
    public IReadOnlyList<EnterpriseSize>? Sizes { get; init; }

    public required string LegalReference { get; init; }
}
