using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Ports;

/// <summary>A source of household registration.</summary>
public interface IHouseholdSource
{
    /// <summary>The agency's name, as in policy data, metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Asks for the basic data of one person; never throws for what an agency or a network does.</summary>
    Task<AgencyAnswer<HouseholdFacts>> AskAsync(
        IdentityQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>Basic data of the person asked for.</summary>
/// <param name="Name">Registered name.</param>
/// <param name="FormerName">Former name, if any is registered.</param>
/// <param name="IsAlive">False when marked deceased.</param>
public sealed record HouseholdFacts(PartyName Name, PartyName? FormerName, bool IsAlive);
