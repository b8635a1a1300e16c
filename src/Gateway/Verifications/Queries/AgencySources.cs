using Integration.Adapters.Ports;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Verifications.Queries;

/// <summary>Turns a planned check into the questions to its agencies, in the order of the policy.</summary>
internal sealed class AgencySources(
    IEnumerable<IIdentitySource> identities,
    IEnumerable<IBusinessLicenceSource> licences,
    IEnumerable<IPropertyTitleSource> titles,
    IEnumerable<IUtilityAccountSource> accounts,
    IEnumerable<IHouseholdSource> households,
    IEnumerable<IProjectApprovalSource> projects
)
{
    /// <summary>One question to each agency of the check's policy.</summary>
    public IReadOnlyList<SourceQuestion> For(PlannedCheck check) =>
        [
            .. check
                .Policy.Sources.Where(agency => CanBeAsked(agency, check.Claim))
                .Select(agency =>
                    check.Claim switch
                    {
                        IdentityClaim claim => Ask(agency, claim),
                        LicenceClaim claim => Ask(agency, claim, check.Policy.StatusWords),
                        TitleClaim claim => Ask(agency, claim),
                        AccountClaim claim => Ask(agency, claim),
                        HouseholdClaim claim => Ask(agency, claim),
                        ProjectClaim claim => Ask(agency, claim),
                        _ => throw new InvalidOperationException("There is no source for this kind of claim."),
                    }
                ),
        ];

    /// <summary>A source that finds titles by their holder's number has no say when the request has none.</summary>
    private bool CanBeAsked(string agency, Claim claim) =>
        claim is not TitleClaim { HolderCode: null } || !titles.First(known => known.Agency == agency).NeedsHolderCode;

    private SourceQuestion Ask(string agency, IdentityClaim claim)
    {
        var source = identities.First(known => known.Agency == agency);
        var question = new IdentityQuestion(claim.IdNumber, claim.Name);
        return new(
            agency,
            async (request, stop) =>
                SourceAnswer.From(
                    await source.AskAsync(question, request, stop),
                    facts => Comparison.Compare(claim, facts)
                )
        );
    }

    private SourceQuestion Ask(string agency, LicenceClaim claim, StatusWords? words)
    {
        var source = licences.First(known => known.Agency == agency);
        var question = new BusinessLicenceQuestion(claim.CreditCode, claim.Name);
        return new(
            agency,
            async (request, stop) =>
                SourceAnswer.From(
                    await source.AskAsync(question, request, stop),
                    facts => Comparison.Compare(claim, facts, words)
                )
        );
    }

    private SourceQuestion Ask(string agency, TitleClaim claim)
    {
        var source = titles.First(known => known.Agency == agency);
        var question = new PropertyTitleQuestion(claim.Certificate, claim.Unit, claim.Holder, claim.HolderCode);
        return new(
            agency,
            async (request, stop) =>
                SourceAnswer.From(
                    await source.AskAsync(question, request, stop),
                    facts => Comparison.Compare(claim, facts)
                )
        );
    }

    private SourceQuestion Ask(string agency, AccountClaim claim)
    {
        var source = accounts.First(known => known.Agency == agency);
        var question = new UtilityAccountQuestion(claim.Account);
        return new(
            agency,
            async (request, stop) =>
                SourceAnswer.From(
                    await source.AskAsync(question, request, stop),
                    facts => Comparison.Compare(claim, facts)
                )
        );
    }

    private SourceQuestion Ask(string agency, HouseholdClaim claim)
    {
        var source = households.First(known => known.Agency == agency);
        var question = new IdentityQuestion(claim.IdNumber, claim.Name);
        return new(
            agency,
            async (request, stop) =>
                SourceAnswer.From(
                    await source.AskAsync(question, request, stop),
                    facts => Comparison.Compare(claim, facts)
                )
        );
    }

    private SourceQuestion Ask(string agency, ProjectClaim claim)
    {
        var source = projects.First(known => known.Agency == agency);
        return new(
            agency,
            async (request, stop) =>
                SourceAnswer.From(
                    await source.AskAsync(claim.CreditCode, request, stop),
                    facts => Comparison.Compare(claim, facts)
                )
        );
    }
}

/// <summary>One question to one agency, ready to be asked.</summary>
internal sealed record SourceQuestion(string Agency, Func<AgencyRequest, CancellationToken, Task<SourceAnswer>> Ask);
