using ArchUnitNET.Loader;
using Integration.Adapters;
using Integration.Architecture.Tests.Planted;
using Integration.Architecture.Tests.Rules;
using Integration.Contracts;
using Integration.Gateway.Platform;

namespace Integration.Architecture.Tests;

public class DirectionTests
{
    private static readonly ArchUnitNET.Domain.Architecture s_product = new ArchLoader()
        .LoadAssemblies(typeof(IntegrationJson).Assembly, typeof(AgencyAdapters).Assembly, typeof(Identifiers).Assembly)
        .Build();

    private static readonly ArchUnitNET.Domain.Architecture s_planted = new ArchLoader()
        .LoadAssemblies(typeof(DirectionTests).Assembly)
        .Build();

    public static TheoryData<string> Names => new(Direction.All.Select(direction => direction.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_product_keeps(string rule) => Report.None(Named(rule).Violations(s_product));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_violation_is_reported(string rule) =>
        Report.Names(PlantedDirections.For(rule), Named(rule).Violations(s_planted));

    [Theory]
    [InlineData(
        "Integration.Adapters.ProvincialNetwork.BusinessLicence.Planted.UsesPopulation uses Integration.Adapters.ProvincialNetwork.PopulationRegistry.Planted.Person"
    )]
    [InlineData(
        "Integration.Adapters.Utilities.Gas.Planted.UsesWater uses Integration.Adapters.Utilities.Water.Planted.Order"
    )]
    public void Agencies_that_share_a_folder_are_no_less_apart(string planted) =>
        Report.Names(planted, Named("No agency uses another").Violations(s_planted));

    [Fact]
    public void The_product_is_really_looked_at()
    {
        Assert.Contains(s_product.Types, type => type.FullName == "Integration.Contracts.Identifiers.ResidentId");
        Assert.Contains(s_product.Types, type => type.FullName == "Integration.Adapters.Ports.IIdentitySource");
        Assert.Contains(s_product.Types, type => type.FullName == "Integration.Gateway.Platform.Problems.Refusal");
    }

    private static Direction Named(string rule) => Direction.All.Single(direction => direction.Name == rule);
}
