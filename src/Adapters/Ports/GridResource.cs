using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Ports;

/// <summary>The grid-resource platform (电网资源业务中台): what the grid can give at a place.</summary>
public interface IGridResourceSource
{
    /// <summary>The agency's name, as in policy data, metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Asks; never throws for what an agency or a network does.</summary>
    Task<AgencyAnswer<GridResourceFacts>> AskAsync(
        UnitNumber unit,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>What the grid can give at the unit asked for.</summary>
/// <param name="NearestLowVoltageMetres">Distance to the nearest low-voltage line, metres.</param>
/// <param name="SpareCapacityKw">Spare capacity there, kW.</param>
public sealed record GridResourceFacts(decimal NearestLowVoltageMetres, decimal SpareCapacityKw);
