using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Ports;

/// <summary>A source that confirms that a name belongs to an identity number.</summary>
public interface IIdentitySource
{
    /// <summary>The agency's name, as in policy data, metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Asks; never throws for what an agency or a network does.</summary>
    Task<AgencyAnswer<IdentityFacts>> AskAsync(
        IdentityQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>Who is meant.</summary>
public sealed record IdentityQuestion(ResidentId IdNumber, PartyName Name);

/// <summary>What the registry says of the number asked for.</summary>
/// <param name="NameMatches">Whether the registered name is the one asked.</param>
/// <param name="IsAlive">False when the registry marks the person deceased.</param>
public sealed record IdentityFacts(bool NameMatches, bool IsAlive);
