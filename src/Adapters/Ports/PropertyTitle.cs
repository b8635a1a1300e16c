using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Ports;

/// <summary>A source of registered facts about a property title.</summary>
public interface IPropertyTitleSource
{
    /// <summary>The agency's name, as in policy data, metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Whether a title is found by its holder's number only, so that a question without it is no question.</summary>
    bool NeedsHolderCode { get; }

    /// <summary>Asks; never throws for what an agency or a network does.</summary>
    Task<AgencyAnswer<PropertyTitleFacts>> AskAsync(
        PropertyTitleQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>Which title is meant: certificate number, unit number or both; some sources need the holder's code too.</summary>
/// <param name="Certificate">Certificate number.</param>
/// <param name="Unit">Unit number.</param>
/// <param name="HolderName">The name the caller believes to be a holder.</param>
/// <param name="HolderCode">Resident identity number or credit code of that holder, in normal form.</param>
public sealed record PropertyTitleQuestion(
    TitleNumber? Certificate,
    UnitNumber? Unit,
    PartyName HolderName,
    string? HolderCode
);

/// <summary>What is registered about the title asked for. A null is what this source does not say.</summary>
/// <param name="Certificate">Certificate number in force.</param>
/// <param name="Unit">Unit number in force.</param>
/// <param name="FormerUnit">Unit number before a split or merger.</param>
/// <param name="Holders">All holders.</param>
/// <param name="IsCurrent">False when the title is cancelled or historic.</param>
/// <param name="IsSeized">Whether a court has seized it.</param>
/// <param name="IsMortgaged">Whether it is mortgaged.</param>
public sealed record PropertyTitleFacts(
    TitleNumber Certificate,
    UnitNumber? Unit,
    UnitNumber? FormerUnit,
    IReadOnlyList<TitleHolder> Holders,
    bool IsCurrent,
    bool? IsSeized,
    bool? IsMortgaged
);

/// <summary>One holder of a title.</summary>
public sealed record TitleHolder(PartyName Name, string? Code)
{
    /// <inheritdoc />
    public override string ToString() => nameof(TitleHolder);
}
