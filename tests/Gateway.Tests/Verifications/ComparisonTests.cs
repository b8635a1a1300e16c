using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Tests.Verifications;

public class ComparisonTests
{
    private const string FirstCode = "421022197001010112";
    private const string SecondCode = "421022197102020184";

    private static readonly TitleNumber s_certificate = TitleNumber.Parse("鄂（2020）公安县不动产权第0001031号").Value;
    private static readonly TitleNumber s_other = TitleNumber.Parse("鄂（2020）公安县不动产权第0001032号").Value;
    private static readonly UnitNumber s_unit = UnitNumber.Parse("421022001001GB00031F00010031").Value;
    private static readonly UnitNumber s_former = UnitNumber.Parse("421022001001GB00931F00010931").Value;

    private static readonly PropertyTitleFacts s_coOwned = new(
        s_certificate,
        s_unit,
        s_former,
        [new TitleHolder(Name("张三"), FirstCode), new TitleHolder(Name("李四"), SecondCode)],
        IsCurrent: true,
        IsSeized: false,
        IsMortgaged: false
    );

    [Theory]
    [InlineData("张三", FirstCode, "")]
    [InlineData("李四", SecondCode, "")]
    [InlineData("李四", null, "")]
    [InlineData("张三", SecondCode, "holderCode")]
    [InlineData("王芳", FirstCode, "holderName")]
    [InlineData("王芳", "421022197203030250", "holderName")]
    [InlineData("王芳", null, "holderName")]
    public void A_holder_is_one_of_the_holders_with_his_own_number(string name, string? code, string mismatches)
    {
        var finding = Comparison.Compare(new TitleClaim(s_certificate, s_unit, Name(name), code), s_coOwned);

        Assert.Equal(mismatches, string.Join(',', finding.Mismatches));
    }

    [Fact]
    public void A_former_unit_number_is_stale_unless_something_else_differs()
    {
        var claim = new TitleClaim(Certificate: null, s_former, Name("张三"), FirstCode);

        Assert.Equal(CheckOutcome.Stale, Comparison.Compare(claim, s_coOwned).Outcome);
        Assert.Equal(
            CheckOutcome.Mismatch,
            Comparison.Compare(claim with { Holder = Name("王芳") }, s_coOwned).Outcome
        );
    }

    [Fact]
    public void What_a_cancelled_title_says_is_not_compared_and_told_to_its_holders_only()
    {
        var cancelled = s_coOwned with { IsCurrent = false };

        Assert.Equal(
            CheckOutcome.Stale,
            Comparison.Compare(new TitleClaim(s_other, s_unit, Name("李四"), SecondCode), cancelled).Outcome
        );
        Assert.Equal(
            (CheckOutcome.Mismatch, "holderName"),
            Told(Comparison.Compare(new TitleClaim(s_certificate, s_unit, Name("王芳"), HolderCode: null), cancelled))
        );
    }

    [Fact]
    public void Another_certificate_or_unit_is_a_difference_and_a_unit_the_source_does_not_say_is_none()
    {
        var other = TitleNumber.Parse("鄂（2020）公安县不动产权第0001032号").Value;
        var unit = UnitNumber.Parse("421022001001GB00032F00010032").Value;
        var claim = new TitleClaim(other, unit, Name("张三"), FirstCode);

        Assert.Equal(["certificateNumber", "unitNumber"], Comparison.Compare(claim, s_coOwned).Mismatches);
        Assert.Equal(
            ["certificateNumber"],
            Comparison.Compare(claim, s_coOwned with { Unit = null, FormerUnit = null }).Mismatches
        );
    }

    private static readonly StatusWords s_words = new()
    {
        Active = ["存续", "在营", "开业", "在册", "登记成立", "简易注销公告中", "未注销"],
        Other = ["停业"],
        Revoked = ["吊销"],
        Cancelled = ["注销"],
        LegalReference = "test",
    };

    [Theory]
    [InlineData("存续", "")]
    [InlineData("存续（在营、开业、在册）", "")]
    [InlineData("存续(简易注销公告中)", "")]
    [InlineData("登记成立", "")]
    [InlineData("吊销，未注销", "status")]
    [InlineData("吊销", "status")]
    [InlineData("注销", "status")]
    [InlineData("停业", "status")]
    public void Only_an_active_enterprise_matches(string standing, string mismatches) =>
        Assert.Equal(mismatches, string.Join(',', Licence(standing, "张三", ["张三"]).Mismatches));

    /// <summary>Registers hide names and codes, hold old codes, or none: what cannot be compared decides nothing, the rest does.</summary>
    [Theory]
    [InlineData("张三", FirstCode, "张三", "4210**********0112", "Match", "holderCode")]
    [InlineData("张三", FirstCode, "张三", null, "Match", "holderCode")]
    [InlineData("张三", FirstCode, "张三", "4210**********0113", "Mismatch", "")]
    [InlineData("张三", FirstCode, "张*", FirstCode, "Match", "holderName")]
    [InlineData("张三", FirstCode, "李*", FirstCode, "Mismatch", "")]
    [InlineData("张三", FirstCode, "张*", "无", "Ambiguous", "holderName,holderCode")]
    [InlineData("张三", null, "张*", FirstCode, "Ambiguous", "holderName")]
    [InlineData("张三", null, "张三", null, "Match", "")]
    public void What_cannot_be_compared_is_no_difference_and_no_proof(
        string claimed,
        string? claimedCode,
        string recorded,
        string? recordedCode,
        string outcome,
        string notComparable
    )
    {
        var title = s_coOwned with { Holders = [new TitleHolder(Name(recorded), recordedCode)], IsSeized = true };
        var account = new UtilityAccountFacts(Name(recorded), recordedCode, s_unit, Arrears: 35);

        var ofTitle = Comparison.Compare(new TitleClaim(s_certificate, s_unit, Name(claimed), claimedCode), title);
        var ofAccount = Comparison.Compare(
            new AccountClaim("4210220000001", Name(claimed), claimedCode, s_unit, OwesNothing: true),
            account
        );

        Assert.Equal((outcome, notComparable), ($"{ofTitle.Outcome}", string.Join(',', ofTitle.NotComparable)));
        Assert.Equal(outcome == "Match", ofTitle.Facts.TitleIsSeized == true);
        Assert.Equal(outcome == "Match", ofAccount.Mismatches.Contains("arrears"));
    }

    /// <summary>It is no yes and no no; it is shown where it looks like a word.</summary>
    [Theory]
    [InlineData("待核", "待核")]
    [InlineData("存续（经营异常名录）", "存续(经营异常名录)")]
    [InlineData("张三 13800000000", null)]
    [InlineData("", null)]
    public void A_status_that_no_word_explains_is_not_comparable(string status, string? shown)
    {
        var finding = Licence(status, "张三", ["张三"]);

        Assert.Equal(CheckOutcome.Match, finding.Outcome);
        Assert.Equal(["status"], finding.NotComparable);
        Assert.Equal(shown, finding.UnknownStatus);
    }

    [Theory]
    [InlineData("张三", "张三,李四", "legalRepresentative")]
    [InlineData("张三", "", "")]
    [InlineData(null, "李四", "")]
    public void Everybody_named_as_representative_has_to_be_it(string? registered, string named, string mismatches) =>
        Assert.Equal(
            mismatches,
            string.Join(
                ',',
                Licence("存续", registered, named.Split(',', StringSplitOptions.RemoveEmptyEntries)).Mismatches
            )
        );

    [Theory]
    [InlineData("张三", FirstCode, false, 35, "")]
    [InlineData("张三", FirstCode, true, 35, "arrears")]
    [InlineData("李四", SecondCode, true, 0, "holderName,holderCode")]
    [InlineData(null, SecondCode, true, 0, "unitNumber")] // no unit was proven, so it may be of any premises
    public void An_account_is_compared_as_far_as_the_service_asks(
        string? holder,
        string code,
        bool owesNothing,
        int arrears,
        string mismatches
    )
    {
        PartyName? name = holder is null ? null : Name(holder);
        var claim = new AccountClaim("4210220000001", name, code, Unit: null, owesNothing);

        var finding = Comparison.Compare(claim, new UtilityAccountFacts(Name("张三"), FirstCode, s_unit, arrears));

        Assert.Equal(mismatches, string.Join(',', finding.Mismatches));
    }

    [Theory]
    [InlineData("新名字", "旧名字", true, "")]
    [InlineData("新名字", "别的名字", true, "formerName")]
    [InlineData("新名字", null, true, "formerName")]
    [InlineData("又一个", "旧名字", false, "name")]
    [InlineData("新名字", "旧名字", false, "vitalStatus")]
    public void A_change_of_name_needs_both_names(string name, string? former, bool isAlive, string mismatches)
    {
        var claim = new HouseholdClaim(ResidentId.Parse("421022198209090443").Value, Name("新名字"), Name("旧名字"));
        PartyName? formerName = former is null ? null : Name(former);

        var finding = Comparison.Compare(claim, new HouseholdFacts(Name(name), formerName, isAlive));

        Assert.Equal(mismatches, string.Join(',', finding.Mismatches));
    }

    [Fact]
    public void A_lapsed_project_is_stale() =>
        Assert.Equal(
            CheckOutcome.Stale,
            Comparison
                .Compare(new ProjectClaim(CreditCode.Parse("91421022MA49T0000B").Value), new("P1", IsApproved: false))
                .Outcome
        );

    [Fact]
    public void A_claim_prints_nothing_personal() =>
        Assert.Equal("PropertyTitle claim", new TitleClaim(s_certificate, s_unit, Name("张三"), FirstCode).ToString());

    [Theory]
    [InlineData("存续", CheckOutcome.Stale)]
    [InlineData("吊销", CheckOutcome.Mismatch)]
    public void An_expired_licence_is_stale_unless_something_differs(string standing, CheckOutcome outcome) =>
        Assert.Equal(outcome, Licence(standing, "张三", ["张三"], isExpired: true).Outcome);

    /// <summary>Every fact that a record can hold, once for its own subject and once for a stranger who asks for it.</summary>
    public static TheoryData<string> Records => [.. s_records.Keys];

    [Theory]
    [MemberData(nameof(Records))]
    public void Whom_a_record_is_about_comes_first_and_a_stranger_is_told_nothing_else(string record)
    {
        var (own, stranger, told, wrong) = s_records[record];

        Assert.Equal(told, Said(own));
        Assert.Equal($"Mismatch {wrong}", Said(stranger));
        Assert.Equal((null, null), (stranger.Facts.TitleIsSeized, stranger.Facts.EnterpriseSize));
        Assert.Null(stranger.Title);
    }

    [Fact]
    public void Every_kind_of_check_has_a_record_in_the_table() =>
        Assert.Equal(
            Enum.GetNames<CheckKind>().Except([nameof(CheckKind.ProjectApproval)]).Order(StringComparer.Ordinal),
            s_records.Keys.Select(record => record.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void That_the_registry_has_spoken_of_a_seizure_is_kept_and_not_what_it_said(bool isSeized)
    {
        var claim = new TitleClaim(s_certificate, s_unit, Name("王芳"), FirstCode);

        var seized = Comparison.Compare(claim, s_coOwned with { IsSeized = isSeized }).Facts;
        var unsaid = Comparison.Compare(claim, s_coOwned with { IsSeized = null }).Facts;

        Assert.Equal(new CheckFacts { SeizureIsWithheld = true }, seized);
        Assert.Equal(CheckFacts.None, unsaid);
    }

    private static readonly Dictionary<string, (Finding Own, Finding Stranger, string Told, string Wrong)> s_records =
        new(StringComparer.Ordinal)
        {
            ["Identity death"] = (
                Identity(new IdentityFacts(NameMatches: true, IsAlive: false)),
                Identity(new IdentityFacts(NameMatches: false, IsAlive: false)),
                "Mismatch vitalStatus",
                "name"
            ),
            ["Household death"] = (
                Household("新名字", "旧名字", isAlive: false),
                Household("又一个", "旧名字", isAlive: false),
                "Mismatch vitalStatus",
                "name"
            ),
            ["Household former name"] = (
                Household("新名字", "别的名字", isAlive: true),
                Household("又一个", "别的名字", isAlive: true),
                "Mismatch formerName",
                "name"
            ),
            ["BusinessLicence standing"] = (
                Enterprise("某公司", "张三", "吊销", isExpired: false),
                Enterprise("别的公司", "张三", "吊销", isExpired: false),
                "Mismatch status",
                "name"
            ),
            ["BusinessLicence representative"] = (
                Enterprise("某公司", "李四", "存续", isExpired: false),
                Enterprise("别的公司", "李四", "存续", isExpired: false),
                "Mismatch legalRepresentative",
                "name"
            ),
            ["BusinessLicence term"] = (
                Enterprise("某公司", "张三", "存续", isExpired: true),
                Enterprise("别的公司", "张三", "存续", isExpired: true),
                "Stale ",
                "name"
            ),
            ["BusinessLicence size"] = (
                Enterprise("某公司", "张三", "存续", isExpired: false),
                Enterprise("别的公司", "张三", "存续", isExpired: false),
                "Match ",
                "name"
            ),
            ["PropertyTitle seizure"] = (
                Title("张三", FirstCode, s_coOwned with { IsSeized = true }),
                Title("王芳", FirstCode, s_coOwned with { IsSeized = true }),
                "Match ",
                "holderName"
            ),
            ["PropertyTitle seizure under another's number"] = (
                Title("李四", SecondCode, s_coOwned with { IsSeized = true }),
                Title("张三", SecondCode, s_coOwned with { IsSeized = true }),
                "Match ",
                "holderCode"
            ),
            ["PropertyTitle end"] = (
                Title("张三", FirstCode, s_coOwned with { IsCurrent = false }),
                Title("王芳", "421022197203030250", s_coOwned with { IsCurrent = false }),
                "Stale ",
                "holderName"
            ),
            ["PropertyTitle certificate"] = (
                Title("张三", FirstCode, s_coOwned with { Certificate = s_other }),
                Title("王芳", FirstCode, s_coOwned with { Certificate = s_other }),
                "Mismatch certificateNumber",
                "holderName"
            ),
            ["PropertyTitle split"] = (
                Title("张三", FirstCode, s_coOwned with { Unit = s_former, FormerUnit = s_unit }),
                Title("王芳", FirstCode, s_coOwned with { Unit = s_former, FormerUnit = s_unit }),
                "Stale ",
                "holderName"
            ),
            ["UtilityAccount arrears"] = (
                Account("张三", FirstCode, s_unit),
                Account("李四", FirstCode, s_unit),
                "Mismatch arrears",
                "holderName"
            ),
            ["UtilityAccount arrears under another's number"] = (
                Account("张三", FirstCode, s_former),
                Account("张三", SecondCode, s_former),
                "Mismatch unitNumber,arrears",
                "holderCode"
            ),
            ["UtilityAccount arrears of other premises"] = (
                Account(holder: null, SecondCode, s_unit),
                Account(holder: null, SecondCode, s_former),
                "Mismatch arrears",
                "unitNumber"
            ),
        };

    private static (CheckOutcome, string) Told(Finding finding) =>
        (finding.Outcome, string.Join(',', finding.Mismatches));

    private static string Said(Finding finding) => $"{finding.Outcome} {string.Join(',', finding.Mismatches)}";

    private static Finding Identity(IdentityFacts facts) =>
        Comparison.Compare(new IdentityClaim(ResidentId.Parse(FirstCode).Value, Name("张三")), facts);

    private static Finding Household(string registered, string former, bool isAlive) =>
        Comparison.Compare(
            new HouseholdClaim(ResidentId.Parse(FirstCode).Value, Name("新名字"), Name("旧名字")),
            new HouseholdFacts(Name(registered), Name(former), isAlive)
        );

    private static Finding Enterprise(string registered, string representative, string standing, bool isExpired) =>
        Comparison.Compare(
            new LicenceClaim(CreditCode.Parse("91421022MA49T0000B").Value, Name("某公司"), [Name("张三")]),
            new BusinessLicenceFacts(
                Name(registered),
                Name(representative),
                standing,
                EstablishedOn: null,
                EnterpriseSize.SmallOrMicro,
                IsStateOwned: false
            )
            {
                IsExpired = isExpired,
            },
            s_words
        );

    private static Finding Title(string holder, string code, PropertyTitleFacts facts) =>
        Comparison.Compare(new TitleClaim(s_certificate, s_unit, Name(holder), code), facts);

    private static Finding Account(string? holder, string code, UnitNumber unit)
    {
        PartyName? name = holder is null ? null : Name(holder);
        return Comparison.Compare(
            new AccountClaim("4210220000001", name, code, unit, OwesNothing: true),
            new UtilityAccountFacts(Name("张三"), FirstCode, s_unit, Arrears: 35)
        );
    }

    private static Finding Licence(
        string standing,
        string? registered,
        IEnumerable<string> named,
        bool isExpired = false
    ) =>
        Comparison.Compare(
            new LicenceClaim(CreditCode.Parse("91421022MA49T0000B").Value, Name("某公司"), [.. named.Select(Name)]),
            new BusinessLicenceFacts(
                Name("某公司"),
                registered is null ? null : Name(registered),
                standing,
                EstablishedOn: null,
                EnterpriseSize.SmallOrMicro,
                IsStateOwned: false
            )
            {
                IsExpired = isExpired,
            },
            s_words
        );

    private static PartyName Name(string text) => PartyName.Parse(text).Value;
}
