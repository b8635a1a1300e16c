using Integration.Adapters.GridResource;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.LicenceLibrary;
using Integration.Adapters.ProjectApproval;
using Integration.Adapters.RealEstate;
using Integration.Adapters.Utilities.Electricity;
using Integration.Adapters.Utilities.Gas;
using Integration.Adapters.Utilities.Television;
using Integration.Adapters.Utilities.Water;

namespace Integration.Adapters.Tests;

/// <summary>Wrong settings are all named at once, by key, without their values.</summary>
public class AgencyOptionsTests
{
    private const string Bare = "hunter2-not-a-reference";

    [Fact]
    public void Of_the_register() =>
        Lists(
            new RealEstateOptions
            {
                BaseAddress = new Uri("ftp://registry.example"),
                Password = Bare,
                Division = "4210",
                ClientAddress = "nowhere",
                TokenLife = TimeSpan.FromSeconds(60),
                TokenMargin = TimeSpan.FromSeconds(60),
                Node = 3,
                Nodes = 2,
                Limits = new() { Retries = 9 },
            },
            "BaseAddress",
            "UserName",
            "Password",
            "Division",
            "Department",
            "ClientAddress",
            "TokenMargin",
            "Node",
            "Limits"
        );

    [Fact]
    public void Of_further_addresses_and_the_probe() =>
        Lists(
            Complete() with
            {
                AlternateAddresses =
                [
                    new Uri("https://second.example/grid"),
                    new Uri("https://user@third.example"),
                    new Uri("fourth.example", UriKind.Relative),
                    new Uri("https://fifth.example/?a=1"),
                ],
                ProbePath = "alive?deep=1",
            },
            "AlternateAddresses:1",
            "AlternateAddresses:2",
            "AlternateAddresses:3",
            "ProbePath"
        );

    [Theory]
    [InlineData("https://grid.example/")]
    [InlineData("https://second.example/", "https://second.example/")]
    public void Of_an_address_that_stands_there_twice(params string[] alternates) =>
        Lists(Complete() with { AlternateAddresses = [.. alternates.Select(Address)] }, "AlternateAddresses");

    [Fact]
    public void Of_more_addresses_than_eight()
    {
        var seven = Enumerable.Range(1, 7).Select(i => Address($"https://grid-{i}.example/")).ToArray();
        Lists(Complete() with { AlternateAddresses = seven });
        Lists(
            Complete() with
            {
                AlternateAddresses = [.. seven, Address("https://grid-8.example/")],
            },
            "AlternateAddresses"
        );
    }

    [Theory]
    [InlineData("alive", true)]
    [InlineData("/alive/now.html", true)]
    [InlineData("", false)]
    [InlineData("//other.example/alive", false)]
    [InlineData("../alive", false)]
    [InlineData("alive#part", false)]
    [InlineData("alive%2fnow", false)]
    public void Of_a_probe_that_is_no_path(string path, bool isPath) =>
        Lists(Complete() with { ProbePath = path }, isPath ? [] : ["ProbePath"]);

    [Fact]
    public void Of_the_licence_library() =>
        Lists(
            new LicenceLibraryOptions
            {
                AccessToken = Bare,
                TitleType = "1",
                BusinessLicenceType = "不动产",
                UseCause = new()
                {
                    SystemName = "",
                    CallCategory = "",
                    MatterName = " ",
                    CopyCause = "",
                },
            },
            "BaseAddress",
            "AccessId",
            "AccessToken",
            "TitleType",
            "BusinessLicenceType",
            "UseCause:SystemName",
            "UseCause:CallCategory",
            "UseCause:MatterName",
            "UseCause:CopyCause"
        );

    [Fact]
    public void Of_the_grid_platform() =>
        Lists(new GridResourceOptions { Token = Bare }, "BaseAddress", "PaasId", "Token");

    [Fact]
    public void Of_the_project_platform() =>
        Lists(new ProjectApprovalOptions { ClientSecret = Bare }, "BaseAddress", "ClientId", "ClientSecret");

    [Fact]
    public void Of_the_marketing_system() =>
        Lists(
            new ElectricityOptions
            {
                AppSecret = Bare,
                Dialect = (ElectricityDialect)7,
                KeyMargin = TimeSpan.FromHours(1),
            },
            "BaseAddress",
            "AppId",
            "AppSecret",
            "Dialect",
            "KeyMargin"
        );

    [Fact]
    public void Of_the_water_company() =>
        Lists(
            new WaterOptions
            {
                ClientSecret = Bare,
                Division = "4210",
                PollEvery = TimeSpan.Zero,
            },
            "BaseAddress",
            "ClientId",
            "ClientSecret",
            "Division",
            "Unit",
            "PollEvery"
        );

    [Fact]
    public void Of_the_gas_company() =>
        Lists(
            new GasOptions { Token = Bare, PollEvery = TimeSpan.FromDays(2) },
            "BaseAddress",
            "PaasId",
            "Token",
            "PollEvery"
        );

    [Fact]
    public void Of_the_television_company() =>
        Lists(new TelevisionOptions { UserName = "a:b", Password = Bare }, "BaseAddress", "UserName", "Password");

    [Fact]
    public async Task An_unknown_key_is_refused()
    {
        await using var adapters = await AdaptersOnSandbox.StartAsync(("grid-resource:Tokken", "env:X"));
        var refusal = Assert.ThrowsAny<Exception>(() => adapters.Grid);
        Assert.Contains("Tokken", refusal.ToString(), StringComparison.Ordinal);
    }

    private static GridResourceOptions Complete() =>
        new()
        {
            BaseAddress = Address("https://grid.example/"),
            PaasId = "integration",
            Token = "env:PATH",
        };

    private static Uri Address(string text) => new(text);

    private static void Lists(AgencyOptions options, params string[] keys)
    {
        var faults = options.Faults().ToArray();
        Assert.All(
            keys,
            key => Assert.Contains(faults, fault => fault.StartsWith(key + ":", StringComparison.Ordinal))
        );
        Assert.Equal(keys.Length, faults.Length);
        Assert.DoesNotContain(faults, fault => fault.Contains(Bare, StringComparison.Ordinal));
    }
}
