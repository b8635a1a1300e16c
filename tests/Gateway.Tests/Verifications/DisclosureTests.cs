using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Tests.Verifications;

public class DisclosureTests
{
    private static readonly PartyName s_name = PartyName.Parse("张三").Value;
    private static readonly ResidentId s_id = ResidentId.Parse("421022197001010112").Value;
    private static readonly CreditCode s_code = CreditCode.Parse("91421022MA49T0000B").Value;

    private static readonly Dictionary<string, (Claim Claim, CheckKind? Prover)> s_claims = new(StringComparer.Ordinal)
    {
        ["Identity"] = (new IdentityClaim(s_id, s_name), null),
        ["BusinessLicence"] = (new LicenceClaim(s_code, s_name, []), null),
        ["PropertyTitle"] = (new TitleClaim(Certificate: null, Unit: null, s_name, s_id.Value), null),
        ["UtilityAccount"] = (Account(holder: null), CheckKind.PropertyTitle),
        ["UtilityAccount under a name"] = (Account(s_name), null),
        ["Household"] = (new HouseholdClaim(s_id, s_name, s_name), null),
        ["ProjectApproval"] = (new ProjectClaim(s_code), CheckKind.BusinessLicence),
    };

    public static TheoryData<string> Claims => [.. s_claims.Keys];

    [Theory]
    [MemberData(nameof(Claims))]
    public void A_record_that_names_nobody_has_a_check_that_proves_for_it(string claim) =>
        Assert.Equal(s_claims[claim].Prover, Disclosure.ProverOf(s_claims[claim].Claim));

    [Fact]
    public void Every_kind_of_check_is_in_the_table() =>
        Assert.Equal(
            Enum.GetNames<CheckKind>().Order(StringComparer.Ordinal),
            s_claims.Values.Select(entry => entry.Claim.Kind.ToString()).Distinct().Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData(CheckOutcome.Match, null)]
    [InlineData(CheckOutcome.Mismatch, "holderName")]
    [InlineData(CheckOutcome.NotFound, "")]
    [InlineData(CheckOutcome.Ambiguous, "")]
    [InlineData(CheckOutcome.SourceUnavailable, "")]
    [InlineData(CheckOutcome.NotAuthorised, "")]
    [InlineData(CheckOutcome.Stale, "")]
    public void Until_the_holder_is_proven_an_account_stands_as_the_title_does(CheckOutcome outcome, string? mismatches)
    {
        var withheld = Disclosure.Before(Report(s_claims["PropertyTitle"].Claim, outcome));

        Assert.Equal(mismatches, withheld is null ? null : string.Join(',', withheld.Mismatches));
        Assert.Equal(mismatches is null ? null : outcome, withheld?.Outcome);
        Assert.Null(withheld?.Source);
        Assert.All(
            new[] { withheld }.OfType<Verdict>(),
            verdict =>
                Assert.DoesNotContain("均无此", Notes.For(CheckKind.UtilityAccount, verdict), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_enterprise_that_is_not_proven_has_a_wrong_name_and_without_any_proof_there_is_a_paper()
    {
        var wrong = Disclosure.Before(Report(s_claims["BusinessLicence"].Claim, CheckOutcome.Mismatch))!;

        Assert.Equal(["name"], wrong.Mismatches);
        Assert.Equal(CheckOutcome.NotFound, Disclosure.Before(proof: null)!.Outcome);
    }

    [Fact]
    public void Neither_of_two_checks_that_are_bound_is_repeated_alone()
    {
        var (account, title) = (Check(Account(holder: null)), Check(s_claims["PropertyTitle"].Claim));

        Assert.True(Disclosure.AreBound(account, title));
        Assert.True(Disclosure.AreBound(title, account));
        Assert.False(Disclosure.AreBound(Check(Account(s_name)), title));
        Assert.False(Disclosure.AreBound(account, Check(s_claims["Identity"].Claim)));
    }

    private static AccountClaim Account(PartyName? holder) =>
        new("4210220000001", holder, s_id.Value, Unit: null, OwesNothing: true);

    private static PlannedCheck Check(Claim claim) =>
        new(
            claim.Kind.ToString(),
            claim,
            new CheckPolicy
            {
                Name = claim.Kind,
                Sources = [],
                Fields = [],
                FreshHours = 1,
                LegalReference = string.Empty,
            }
        );

    private static CheckReport Report(Claim claim, CheckOutcome outcome) =>
        new(Check(claim), [], new Verdict(outcome, ["certificateNumber"], CheckFacts.None, Source: null), TimeSpan.Zero)
        {
            EvidenceId = "evd_1",
            EndedAt = default,
        };
}
