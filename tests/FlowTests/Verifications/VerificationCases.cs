using Integration.Contracts.V1.Verifications;
using Integration.Testing.World;

namespace Integration.FlowTests.Verifications;

/// <summary>Every trap of the fixtures as one row: what is asked, and what has to come of it.</summary>
internal static class VerificationCases
{
    private const string NameWithDot = "阿依努尔·买买提";

    public static IReadOnlyDictionary<string, VerificationCase> All { get; } =
        new Dictionary<string, VerificationCase>(StringComparer.Ordinal)
        {
            // Identity.
            ["a person as registered"] = Identity("p01").Is(CheckOutcome.Match),
            ["another name"] = Identity("p01", name: "李四").Is(CheckOutcome.Mismatch, "name"),
            ["a middle dot as U+2022"] = Identity("p-dot", name: NameWithDot.Replace('·', '•')).Is(CheckOutcome.Match),
            ["a middle dot as U+30FB"] = Identity("p-dot", name: NameWithDot.Replace('·', '・')).Is(CheckOutcome.Match),
            ["a middle dot as full stop"] = Identity("p-dot", name: NameWithDot.Replace('·', '.'))
                .Is(CheckOutcome.Match),
            ["a name without its dot"] = Identity("p-dot", name: "阿依努尔买买提").Is(CheckOutcome.Mismatch, "name"),
            ["rare characters"] = Identity("p-rare").Is(CheckOutcome.Match),
            ["a rare character written plainly"] = Identity("p-rare", name: "吉田䶮").Is(CheckOutcome.Mismatch, "name"),
            ["check character x"] = Identity("p-x", idNumber: "42102219930412006x").Is(CheckOutcome.Match),
            ["full-width digits"] = Identity("p01", idNumber: "４２１０２２１９７００１０１０１１２")
                .Is(CheckOutcome.Match),
            ["a number of 15 digits"] = Identity("p01", idNumber: "421022700101011").Is(CheckOutcome.Match),
            ["a deceased person"] = Identity("p-dead").Is(CheckOutcome.Mismatch, "vitalStatus"),
            ["a person's former name"] = Identity("p-renamed", name: "旧名字").Is(CheckOutcome.Mismatch, "name"),
            ["a number nobody has"] = Identity("p01", idNumber: "11010519491231002X").Is(CheckOutcome.NotFound),
            // Business licence.
            ["a company as registered"] = Licence("c01").Is(CheckOutcome.Match),
            ["a company under another name"] = Licence("c01", name: "公安县别的有限公司")
                .Is(CheckOutcome.Mismatch, "name"),
            ["a revoked licence"] = Licence("c-revoked").Is(CheckOutcome.Mismatch, "status"),
            ["a cancelled licence"] = Licence("c-cancelled").Is(CheckOutcome.Mismatch, "status"),
            ["the legal representative since yesterday"] = Licence("c-newrep").Is(CheckOutcome.Match),
            ["the legal representative until yesterday"] = Licence("c-newrep", representative: "周婷")
                .Is(CheckOutcome.Mismatch, "legalRepresentative"),
            ["no legal representative given"] = Licence("c01", representative: null).Is(CheckOutcome.Match),
            ["a branch"] = Licence("c-branch").Is(CheckOutcome.Match),
            ["a branch under its parent's name"] = Licence("c-branch", name: "公安县示例商贸有限公司")
                .Is(CheckOutcome.Mismatch, "name"),
            ["self-employed"] = Licence("c-individual").Is(CheckOutcome.Match),
            ["one person with two companies"] = Licence("c-selfrep").Is(CheckOutcome.Match),
            ["a code nobody has"] = Licence("c01", uscc: "91350100M000100Y43").Is(CheckOutcome.NotFound),
            // Property title.
            ["a title as registered"] = Title("t01").Is(CheckOutcome.Match),
            ["another holder"] = Title("t01", holder: "李四").Is(CheckOutcome.Mismatch, "holderName"),
            ["the first co-owner"] = Title("t-co", holder: "张三").Is(CheckOutcome.Match),
            ["the second co-owner"] = Title("t-co", holder: "李四").Is(CheckOutcome.Match),
            ["half-width parentheses and spaces"] = Title(
                    "t-halfwidth",
                    certificate: "鄂(2019) 公安县不动产权第 0001039 号"
                )
                .Is(CheckOutcome.Match),
            ["a cancelled title"] = Title("t-cancelled").Is(CheckOutcome.Stale),
            ["the unit number before a split"] = Title("t-split", unit: "421022001001GB00938F00010938")
                .Is(CheckOutcome.Stale),
            ["the unit number after a split"] = Title("t-split").Is(CheckOutcome.Match),
            ["a mortgaged title"] = Title("t-mortgaged").Is(CheckOutcome.Match),
            ["a company's title"] = Title("t-company").Is(CheckOutcome.Match),
            ["collective land"] = Title("t-land").Is(CheckOutcome.Match),
            ["a holder with rare characters"] = Title("t-rare").Is(CheckOutcome.Match),
            ["a holder with a dot"] = Title("t-dot", holder: "阿依努尔・买买提").Is(CheckOutcome.Match),
            ["the old owner after a transfer"] = Title("t-transferred", holder: "胡杰")
                .Is(CheckOutcome.Mismatch, "holderName"),
            ["a certificate nobody has"] = Title("t01", certificate: "鄂（2017）公安县不动产权第9999999号", unit: null)
                .Is(CheckOutcome.NotFound),
        };

    private static VerificationRequest Identity(string key, string? name = null, string? idNumber = null)
    {
        var person = SyntheticWorld.Person(key);
        return HallRequests.Identity(key) with
        {
            Person = person with { Name = name ?? person.Name, IdNumber = idNumber ?? person.IdNumber },
        };
    }

    private static VerificationRequest Licence(
        string key,
        string? name = null,
        string? uscc = null,
        string? representative = "as registered"
    )
    {
        var company = SyntheticWorld.Company(key);
        return HallRequests.Identity() with
        {
            Person = null,
            Enterprise = company with
            {
                Name = name ?? company.Name,
                Uscc = uscc ?? company.Uscc,
                LegalRepresentative = representative == "as registered" ? company.LegalRepresentative : representative,
            },
            Checks = [CheckName.BusinessLicence],
        };
    }

    private static VerificationRequest Title(
        string key,
        string? holder = null,
        string? certificate = null,
        string? unit = "as registered"
    )
    {
        var title = SyntheticWorld.Title(key);
        return HallRequests.Identity() with
        {
            Person = null,
            Property = title with
            {
                HolderName = holder ?? title.HolderName,
                CertificateNumber = certificate ?? title.CertificateNumber,
                UnitNumber = unit == "as registered" ? title.UnitNumber : unit,
            },
            Checks = [CheckName.PropertyTitle],
        };
    }

    private static VerificationCase Is(
        this VerificationRequest request,
        CheckOutcome outcome,
        params IReadOnlyList<string> mismatches
    ) => new(request, outcome, mismatches);
}

/// <summary>A request and what has to come of it.</summary>
internal sealed record VerificationCase(
    VerificationRequest Request,
    CheckOutcome Outcome,
    IReadOnlyList<string> Mismatches
);
