using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

public class AgencyTests
{
    private static readonly string[] s_cast =
    [
        "GasAgency.cs",
        "GasClient.cs",
        "GasWire.cs",
        "GasReader.cs",
        "GasOptions.cs",
        "GasServices.cs",
        "README.md",
    ];

    [Fact]
    public void Each_agency_has_the_cast() => Report.None(AgencyRules.Incomplete(Repository.Files("src/Adapters")));

    [Fact]
    public void The_agencies_are_really_looked_at()
    {
        var folders = AgencyRules.Folders(Repository.Files("src/Adapters")).Select(folder => folder.Key).ToArray();

        Assert.Equal(
            [
                "GridResource",
                "LicenceLibrary",
                "Municipal",
                "ProjectApproval",
                "ProvincialNetwork",
                "ProvincialNetwork/BusinessLicence",
                "ProvincialNetwork/PopulationRegistry",
                "RealEstate",
                "Utilities/Electricity",
                "Utilities/Gas",
                "Utilities/Network",
                "Utilities/Television",
                "Utilities/Water",
            ],
            folders.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("src/Adapters/Gas")]
    [InlineData("src/Adapters/Utilities/Gas")]
    [InlineData("src/Adapters/ProvincialNetwork/Gas")]
    public void A_planted_gap_in_the_cast_is_reported(string folder)
    {
        Assert.Empty(AgencyRules.Incomplete(s_cast.Select(file => $"{folder}/{file}")));
        Assert.All(
            s_cast,
            gap =>
                Report.Names(
                    gap == "GasAgency.cs" ? $"{folder} has 0 files" : $"{folder} lacks {gap}",
                    AgencyRules.Incomplete(s_cast.Where(file => file != gap).Select(file => $"{folder}/{file}"))
                )
        );
    }

    [Fact]
    public void A_planted_second_agency_in_a_folder_is_reported() =>
        Report.Names(
            "src/Adapters/Gas has 2 files",
            AgencyRules.Incomplete(s_cast.Append("HeatAgency.cs").Select(file => $"src/Adapters/Gas/{file}"))
        );

    [Fact]
    public void A_file_of_another_prefix_fills_no_gap() =>
        Report.Names(
            "src/Adapters/Gas lacks GasReader.cs",
            AgencyRules.Incomplete(
                s_cast.Select(file =>
                    $"src/Adapters/Gas/{file.Replace("GasReader", "GasAnswerReader", StringComparison.Ordinal)}"
                )
            )
        );
}
