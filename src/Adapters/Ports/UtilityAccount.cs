using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Ports;

/// <summary>A utility's marketing system: who holds an account, and whether anything is owed.</summary>
public interface IUtilityAccountSource
{
    /// <summary>The agency's name, as in policy data, metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Asks; never throws for what an agency or a network does.</summary>
    Task<AgencyAnswer<UtilityAccountFacts>> AskAsync(
        UtilityAccountQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>Which account is meant.</summary>
public sealed record UtilityAccountQuestion(string AccountNumber)
{
    /// <inheritdoc />
    public override string ToString() => nameof(UtilityAccountQuestion);
}

/// <summary>What the marketing system says of the account asked for.</summary>
/// <param name="HolderName">Name the account runs under.</param>
/// <param name="HolderCode">Resident identity number or credit code, in normal form; null when not recorded.</param>
/// <param name="Unit">Unit number of the premises supplied; null when not recorded.</param>
/// <param name="Arrears">Yuan owed; 0 when nothing is.</param>
public sealed record UtilityAccountFacts(PartyName HolderName, string? HolderCode, UnitNumber? Unit, decimal Arrears);
