using System.Globalization;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Tests.Policy;
using Integration.Testing.World;

namespace Integration.Gateway.Tests.Applications;

/// <summary>Voltage and cost by the plan: what a customer is and how much is asked for.</summary>
public class SupplyRulesTests
{
    private static readonly PolicyEdition s_policy = PolicyBook
        .Open(PolicyFile.In(directory: null), Agencies.All)
        .InForce(Moments.Now);

    [Theory]
    [InlineData("8", "220V")]
    [InlineData("12", "220V")]
    [InlineData("13", "380V")]
    [InlineData("200", "380V")]
    [InlineData("201", "380V")]
    [InlineData("300", "380V")]
    public void A_resident_has_low_voltage_at_no_cost_whatever_the_capacity(string capacityKw, string voltage)
    {
        var supply = SupplyRules.Create(
            Read(HallRequests.Residential() with { CapacityKw = Kw(capacityKw) }),
            s_policy,
            size: null,
            grid: null
        );

        Assert.Equal((voltage, true, "resident-low-voltage"), (supply.Voltage, supply.ZeroCost, supply.Rule));
    }

    [Theory]
    [InlineData("100", "Large", "380V", true)]
    [InlineData("200", "SmallOrMicro", "380V", true)]
    [InlineData("201", "SmallOrMicro", "10kV", false)]
    public void An_enterprise_has_low_voltage_up_to_the_limit(
        string capacityKw,
        string size,
        string voltage,
        bool zeroCost
    )
    {
        var supply = SupplyRules.Create(
            Read(HallRequests.Commercial() with { CapacityKw = Kw(capacityKw) }),
            s_policy,
            Enum.Parse<EnterpriseSize>(size),
            grid: null
        );

        Assert.Equal((voltage, zeroCost), (supply.Voltage, supply.ZeroCost));
    }

    private static decimal Kw(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static ApplicationForm Read(ApplicationRequest request) =>
        new ApplicationFormReader(request, s_policy, Moments.Now, new FaultList()).Read(wait: null)!;
}
