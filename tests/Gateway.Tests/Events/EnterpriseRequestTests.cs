using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Tests.Policy;
using Integration.Testing.World;

namespace Integration.Gateway.Tests.Events;

/// <summary>From an event to what it asks for.</summary>
public class EnterpriseRequestTests
{
    private static readonly PolicyEdition s_policy = PolicyBook
        .Open(PolicyFile.In(directory: null), Agencies.All)
        .InForce(Moments.Now);

    private static readonly ConsentInput s_tick = new()
    {
        Reference = "CONSENT-TICK",
        GrantedAt = new DateTimeOffset(2026, 1, 6, 9, 0, 0, TimeSpan.FromHours(8)),
    };

    [Theory]
    [InlineData(null, "low-voltage-nonresidential-new")]
    [InlineData("0.1", "low-voltage-nonresidential-new")]
    [InlineData("200", "low-voltage-nonresidential-new")]
    [InlineData("200.01", "high-voltage-new")]
    [InlineData("800", "high-voltage-new")]
    public void What_the_low_levels_cannot_carry_is_high_voltage(string? capacity, string service) =>
        Assert.Equal(
            service,
            Asked(Electricity(intention => intention with { CapacityKw = Number(capacity) })).ServiceType
        );

    [Theory]
    [InlineData("c01")]
    [InlineData("c-individual")]
    [InlineData("c-branch")]
    public void Everybody_with_a_credit_code_applies_as_an_enterprise(string company)
    {
        var asked = Asked(MunicipalEvents.Opened(company));

        Assert.Equal(SyntheticWorld.Company(company), asked.Applicant!.Enterprise);
        Assert.Null(asked.Applicant.Person);
        Assert.Equal("low-voltage-nonresidential-new", asked.ServiceType);
    }

    [Fact]
    public void Everything_that_matters_is_taken_over()
    {
        var agent = new AgentInput
        {
            Name = "李四",
            IdNumber = "421022197102020184",
            AuthorisationReference = "AUTH-1",
        };
        var input = With(
            Electricity(intention => intention with { CapacityKw = 40, Use = "shop" }),
            data => data with { Agent = agent, Premises = SyntheticWorld.Leased("t01") }
        );

        var asked = Asked(input);

        Assert.Equal("CASE-1", asked.CaseId);
        Assert.Equal(("enterprise.opening", "9210"), (asked.Purpose, asked.Channel));
        Assert.Equal((40, "shop"), (asked.CapacityKw, asked.Use));
        Assert.Same(agent, asked.Agent);
        Assert.Same(input.Data!.Premises, asked.Premises);
        Assert.NotNull(asked.Premises!.Lease);
        Assert.Empty(Faults(asked));
    }

    [Fact]
    public void The_consent_of_the_tick_goes_before_the_consent_of_the_event()
    {
        var own = Asked(Electricity(intention => intention with { Consent = s_tick }));
        var common = Asked(MunicipalEvents.Opened());

        Assert.Equal((BasisKind.Consent, "CONSENT-TICK", s_tick.GrantedAt), Basis(own));
        Assert.Equal("CONSENT-9210", common.Basis!.Reference);
        Assert.Null(Asked(With(MunicipalEvents.Opened(), data => data with { Consent = null })).Basis);
    }

    /// <summary>What intake may let through and flow 1 does not: each has a place in the event.</summary>
    [Theory]
    [InlineData("name", "/data/enterprise/name missing")]
    [InlineData("representative", "/data/enterprise/legalRepresentative character")]
    [InlineData("premises", "/data/premises missing")]
    [InlineData("tenure", "/data/premises/tenure missing")]
    [InlineData("lease", "/data/premises/lease missing")]
    [InlineData("landlord", "/data/premises/lease/landlordCode structure")]
    [InlineData("capacity", "/data/utilities/electricity/capacityKw number-range")]
    [InlineData("use", "/data/utilities/electricity/use length")]
    [InlineData("agent", "/data/agent/idNumber missing")]
    [InlineData("consent", "/data/consent/reference missing")]
    [InlineData("tick", "/data/utilities/electricity/consent/grantedAt in-the-future")]
    public void A_fault_is_named_where_the_event_has_it(string what, string named)
    {
        var input = Faulty(what);

        Assert.Equal(named, EventFaults.Text(input, Faults(Asked(input))));
    }

    [Fact]
    public void The_other_utilities_are_named_in_the_order_of_the_form()
    {
        var yes = new UtilityIntention { Requested = true };
        var input = With(
            MunicipalEvents.Opened(),
            data =>
                data with
                {
                    Utilities = new EventUtilities
                    {
                        Gas = yes,
                        Water = yes,
                        Network = new() { Requested = false },
                    },
                }
        );

        Assert.Equal(["water", "gas"], EnterpriseRequest.OtherUtilities(input));
        Assert.False(EnterpriseRequest.WantsElectricity(input));
        Assert.True(EnterpriseRequest.WantsElectricity(MunicipalEvents.Opened()));
    }

    private static EventInput Faulty(string what)
    {
        var opened = MunicipalEvents.Opened();
        return what switch
        {
            "name" => With(opened, d => d with { Enterprise = d.Enterprise! with { Name = null } }),
            "representative" => With(
                opened,
                d => d with { Enterprise = d.Enterprise! with { LegalRepresentative = "a\u0001" } }
            ),
            "premises" => With(opened, d => d with { Premises = null }),
            "tenure" => With(opened, d => d with { Premises = d.Premises! with { Tenure = null } }),
            "lease" => With(opened, d => d with { Premises = d.Premises! with { Tenure = Tenure.Lease } }),
            "landlord" => With(
                opened,
                d =>
                    d with
                    {
                        Premises = SyntheticWorld.Leased("t01") with
                        {
                            Lease = new() { LandlordName = "张三", LandlordCode = "1" },
                        },
                    }
            ),
            "capacity" => Electricity(e => e with { CapacityKw = 100_001 }),
            "use" => Electricity(e => e with { Use = new string('x', 65) }),
            "agent" => With(opened, d => d with { Agent = new() { Name = "李四" } }),
            "consent" => With(opened, d => d with { Consent = d.Consent! with { Reference = null } }),
            _ => Electricity(e => e with { Consent = s_tick with { GrantedAt = Moments.Now.AddDays(1) } }),
        };
    }

    private static (BasisKind?, string?, DateTimeOffset?) Basis(ApplicationRequest asked) =>
        (asked.Basis!.Kind, asked.Basis.Reference, asked.Basis.GrantedAt);

    private static IReadOnlyList<Contracts.Problems.FieldFault> Faults(ApplicationRequest asked)
    {
        var faults = new FaultList();
        new ApplicationFormReader(asked, s_policy, Moments.Now, faults).Read(wait: null);
        return faults.ToList();
    }

    private static ApplicationRequest Asked(EventInput input) =>
        EnterpriseRequest.Application(input, "CASE-1", s_policy);

    private static EventInput Electricity(Func<UtilityIntention, UtilityIntention> change) =>
        With(
            MunicipalEvents.Opened(),
            data => data with { Utilities = new EventUtilities { Electricity = change(data.Utilities!.Electricity!) } }
        );

    private static EventInput With(EventInput input, Func<EventData, EventData> change) =>
        input with
        {
            Data = change(input.Data!),
        };

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
