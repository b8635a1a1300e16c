using Integration.Contracts.Identifiers;
using Integration.Gateway.Grants;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>What the applicant says and an agency is asked to confirm. Personal data: never printed.</summary>
internal abstract record Claim(CheckKind Kind)
{
    public sealed override string ToString() => $"{Kind} claim";
}

/// <summary>This name and number are one living person.</summary>
internal sealed record IdentityClaim(ResidentId IdNumber, PartyName Name) : Claim(CheckKind.Identity);

/// <summary>This enterprise is in business, under this name and with each of these representatives named.</summary>
/// <param name="CreditCode">Its code.</param>
/// <param name="Name">Its name; null: an individual business that has none, whom its operator identifies.</param>
/// <param name="Representatives">Who speaks for it.</param>
internal sealed record LicenceClaim(CreditCode CreditCode, PartyName? Name, IReadOnlyList<PartyName> Representatives)
    : Claim(CheckKind.BusinessLicence);

/// <summary>This party is one of the holders of this title.</summary>
/// <param name="Certificate">Certificate number; it, the unit number or both are known.</param>
/// <param name="Unit">Unit number.</param>
/// <param name="Holder">Name of the party.</param>
/// <param name="HolderCode">Resident identity number or credit code of the party in normal form, when known.</param>
internal sealed record TitleClaim(TitleNumber? Certificate, UnitNumber? Unit, PartyName Holder, string? HolderCode)
    : Claim(CheckKind.PropertyTitle);

/// <summary>This account exists.</summary>
/// <param name="Account">Account number.</param>
/// <param name="Holder">Name it runs under, when that matters.</param>
/// <param name="HolderCode">Identity number or credit code of that holder.</param>
/// <param name="Unit">Unit number of the premises it supplies, when known.</param>
/// <param name="OwesNothing">Whether anything owed counts as a difference.</param>
internal sealed record AccountClaim(
    string Account,
    PartyName? Holder,
    string? HolderCode,
    UnitNumber? Unit,
    bool OwesNothing
) : Claim(CheckKind.UtilityAccount);

/// <summary>This person had another name before.</summary>
internal sealed record HouseholdClaim(ResidentId IdNumber, PartyName Name, PartyName FormerName)
    : Claim(CheckKind.Household);

/// <summary>This enterprise has an approved project.</summary>
internal sealed record ProjectClaim(CreditCode CreditCode) : Claim(CheckKind.ProjectApproval);

/// <summary>One check of a plan.</summary>
/// <param name="Key">What it is for inside the plan: the check or the proof.</param>
/// <param name="Claim">What is to be confirmed.</param>
/// <param name="Policy">Who is asked, and how.</param>
internal sealed record PlannedCheck(string Key, Claim Claim, CheckPolicy Policy)
{
    /// <summary>What the caller has to be granted for it.</summary>
    public GrantDemand Demand(string purpose) => new(Claim.Kind.Service(), purpose, Policy.Fields);
}
