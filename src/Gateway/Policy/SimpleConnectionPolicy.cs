using Integration.Adapters.Ports;

namespace Integration.Gateway.Policy;

/// <summary>What makes a connection a simple one (极简报装). Every condition has to hold.</summary>
internal sealed record SimpleConnectionPolicy
{
    public required SimpleSizePolicy Size { get; init; }

    public required SimpleVoltagePolicy Voltage { get; init; }

    public required SimpleCapacityPolicy Capacity { get; init; }

    public required SimpleDirectPolicy Direct { get; init; }

    public required SimpleSourcePolicy SingleSource { get; init; }
}

/// <summary>Size classes of the register for which it is meant.</summary>
internal sealed record SimpleSizePolicy(IReadOnlyList<EnterpriseSize> AnyOf, string LegalReference);

/// <summary>Voltage levels at which it is possible.</summary>
internal sealed record SimpleVoltagePolicy(IReadOnlyList<string> AnyOf, string LegalReference);

/// <summary>Largest capacity, kW.</summary>
internal sealed record SimpleCapacityPolicy(decimal UpToKw, string LegalReference);

/// <summary>The supply plan has to say direct connection; <see cref="SupplyPolicy.DirectWithinMetres"/> decides when it does.</summary>
internal sealed record SimpleDirectPolicy(string LegalReference);

/// <summary>Uses that need a supply from two sources, in the words of those who apply; everything else has one.</summary>
internal sealed record SimpleSourcePolicy(IReadOnlyList<string> DoubleSupplyUses, string LegalReference);
