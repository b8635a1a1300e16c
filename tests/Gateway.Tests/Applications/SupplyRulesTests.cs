using System.Globalization;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Clocks;
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
    [InlineData("101", "Large", "10kV", false)]
    [InlineData("150", "Medium", "10kV", false)]
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

    [Theory]
    [InlineData("200", "SmallOrMicro", "non-resident-low-voltage,grid-works-low-voltage")]
    [InlineData("201", "SmallOrMicro", "high-voltage-single-source,grid-works-high-voltage")]
    [InlineData("150", "Large", "high-voltage-single-source,grid-works-high-voltage")]
    public void The_limits_are_those_of_the_voltage(string capacityKw, string size, string limits)
    {
        var form = Read(HallRequests.Commercial() with { CapacityKw = Kw(capacityKw) });
        var supply = SupplyRules.Create(form, s_policy, Enum.Parse<EnterpriseSize>(size), grid: null);
        var clock = new LimitClock(
            new WorkingCalendar(CalendarFiles.Embedded()),
            BusinessHours.Parse(["08:30-12:00", "14:00-17:30"], [])!,
            acceptanceDayCounts: false
        );

        var found = ApplicationLimits.Create(form.Service, s_policy, supply, simple: null, Moments.Now, clock);

        Assert.Equal(limits, string.Join(',', found.Select(limit => limit.Name)));
    }

    private static decimal Kw(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static ApplicationForm Read(ApplicationRequest request) =>
        new ApplicationFormReader(request, s_policy, Moments.Now, new FaultList()).Read(wait: null)!;
}
