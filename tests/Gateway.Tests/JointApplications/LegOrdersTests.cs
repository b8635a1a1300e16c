using CsCheck;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Tests.Grants;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>A field leaves us only when a grant of the receiver names it, for this purpose, now.</summary>
public sealed class LegOrdersTests
{
    /// <summary>Every field of an order and what a grant has to name for it.</summary>
    private static readonly (string Field, string Service, string Name)[] s_rules =
    [
        ("applicant.name", "identity", "name"),
        ("applicant.code", "identity", "idNumber"),
        ("premises.address", "legs", "address"),
        ("premises.unitNumber", "propertyTitle", "unitNumber"),
        ("premises.certificateNumber", "propertyTitle", "certificateNumber"),
        ("account", "legs", "account"),
        ("former.holder", "legs", "formerHolder"),
    ];

    private static readonly (string Field, string Service, string Name)[] s_companyRules =
    [
        ("applicant.name", "businessLicence", "name"),
        ("applicant.code", "businessLicence", "uscc"),
        ("applicant.legalRepresentative", "businessLicence", "legalRepresentative"),
        .. s_rules[2..],
    ];

    private static readonly string[] s_services = ["identity", "businessLicence", "propertyTitle", "legs"];

    private static readonly Gen<Grant> s_grants =
        from number in Gen.Int[1, 1_000_000]
        from service in Gen.Int[0, s_services.Length - 1].Select(index => s_services[index])
        from picks in Gen.Bool.Array[8]
        from purpose in Gen.Int[0, 2].Select(pick => pick == 0 ? Purposes.JointNew : Purposes.JointTransfer)
        from receiver in Gen.Int[0, 2].Select(pick => pick == 0 ? "gas-1" : "water-1")
        from start in Gen.Int[-3, 1]
        select GrantCases.Grant(
            $"g-{number}",
            service,
            purpose,
            string.Join(' ', ServiceFields.All[service].Order(StringComparer.Ordinal).Where((_, i) => picks[i])),
            SomeLegs.Now.AddDays(start),
            SomeLegs.Now.AddDays(start + 2)
        ) with
        {
            Client = receiver,
        };

    [Fact]
    public void A_field_leaves_only_when_a_grant_names_it() =>
        Gen.Select(s_grants.Array[0, 8], Gen.Bool)
            .Sample(
                (grants, isCompany) =>
                {
                    var handed = Handed(grants, isCompany, out var proofs);
                    var mine = grants
                        .Where(grant => grant.Client == "water-1" && grant.Purposes.Contains(Purposes.JointTransfer))
                        .Where(grant => grant.IsValidAt(SomeLegs.Now) && grant.Fields.Count > 0)
                        .ToList();
                    if (!mine.Exists(grant => grant.Service == "legs"))
                    {
                        return handed is null;
                    }

                    var expected = (isCompany ? s_companyRules : s_rules)
                        .Where(rule =>
                            mine.Exists(grant => grant.Service == rule.Service && grant.Fields.Contains(rule.Name))
                        )
                        .Select(rule => rule.Field)
                        .Order(StringComparer.Ordinal);
                    return expected.SequenceEqual(handed!, StringComparer.Ordinal)
                        && proofs.All(proof => mine.Exists(grant => grant.Service == proof));
                },
                iter: 20_000
            );

    [Theory]
    [InlineData("disabled")]
    [InlineData("another utility's")]
    [InlineData("none")]
    public void A_receiver_that_is_not_there_has_no_leg(string why)
    {
        var grant = Grant("legs", "address");
        IReadOnlyList<Client> clients = why switch
        {
            "disabled" => [Water(enabled: false)],
            "another utility's" => [Water(enabled: true, utility: "gas")],
            _ => [],
        };
        Assert.Null(Recipients(clients, [grant]).For(Utility.Water));
        Assert.NotNull(Recipients([Water(enabled: true)], [grant]).For(Utility.Water));
    }

    [Fact]
    public void What_goes_on_record_names_grants_and_fields_and_no_values()
    {
        var allowance = Recipients([Water(enabled: true)], [Grant("legs", "address")]).For(Utility.Water)!;
        Assert.Equal("g-1 (A-g-1)", allowance.Text);
        var order = new HandedOrder(Order(allowance, isCompany: false), allowance.Text);
        Assert.Equal("premises.address", order.Names);
        Assert.Equal("HandedOrder", order.ToString());
    }

    private static List<string>? Handed(Grant[] grants, bool isCompany, out IReadOnlyList<string> proofs)
    {
        proofs = [];
        if (Recipients([Water(enabled: true)], grants).For(Utility.Water) is not { } allowance)
        {
            return null;
        }

        var order = Order(allowance, isCompany);
        proofs = [.. order.Proofs.Select(proof => proof.Check)];
        return [.. order.Fields.Keys.Order(StringComparer.Ordinal)];
    }

    private static Adapters.Ports.LegOrder Order(Allowance allowance, bool isCompany)
    {
        var request = Forms.Transfer(Utility.Water);
        var (form, faults) = Forms.Read(
            isCompany
                ? request with
                {
                    Applicant = new ApplicantInput { Enterprise = Testing.World.SyntheticWorld.Company("c01") },
                }
                : request
        );
        Assert.Empty(faults);
        var leg = SomeLegs.In(LegWork.Send);
        var file = new JointApplication
        {
            JointId = "jnt_1",
            CaseId = "C",
            CallerId = "hall",
            Kind = JointKind.Transfer,
            Purpose = Purposes.JointTransfer,
            Basis = "consent",
            PolicyVersion = "1",
            OpenedAt = SomeLegs.Now,
            Legs = [leg],
            Terms = JointClockBuilder.Open().Joint.Terms,
            Proofs =
            [
                .. s_services[..3]
                    .Select(service => new FetchedProof(service, CheckOutcome.Match, SomeLegs.Now, "evd_1")),
            ],
        };
        return LegOrders.Create(file, leg, form!, allowance);
    }

    private static RecipientGrants Recipients(IReadOnlyList<Client> clients, IReadOnlyList<Grant> grants) =>
        new(new CallersSnapshot("1", clients, grants), Purposes.JointTransfer, SomeLegs.Now);

    private static Client Water(bool enabled, string utility = "water") =>
        GrantCases.Client("water-1", enabled) with
        {
            Caller = new Caller("water-1", CallerKind.Utility) { Utility = utility },
        };

    private static Grant Grant(string service, string fields) =>
        GrantCases.Grant(
            "g-1",
            service,
            Purposes.JointTransfer,
            fields,
            SomeLegs.Now.AddDays(-1),
            SomeLegs.Now.AddDays(1)
        ) with
        {
            Client = "water-1",
        };
}
