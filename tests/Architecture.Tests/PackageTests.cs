using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

public class PackageTests
{
    [Fact]
    public void No_lock_file_holds_a_package_below_its_floor()
    {
        var lockFiles = Repository
            .Files()
            .Where(file => file.EndsWith("packages.lock.json", StringComparison.Ordinal))
            .ToArray();

        Assert.True(lockFiles.Length >= 12);
        Report.None(
            lockFiles.SelectMany(file => PackageRules.BelowFloor(file, File.ReadAllText(Repository.Path(file))))
        );
    }

    [Fact]
    public void Data_protection_is_really_looked_at() =>
        Assert.Contains(
            "Microsoft.AspNetCore.DataProtection.EntityFrameworkCore",
            File.ReadAllText(Repository.Path("src", "Gateway", "packages.lock.json")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("System.Security.Cryptography.Xml", "10.0.15", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.6", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.7", false)]
    [InlineData("Microsoft.AspNetCore.DataProtection.EntityFrameworkCore", "10.0.6", true)]
    public void A_planted_package_is_reported(string package, string version, bool reported)
    {
        var lockFile =
            $$$"""{ "version":2, "dependencies":{ "net10.0":{ "{{{package}}}":{ "resolved":"{{{version}}}" } } } }""";

        Assert.Equal(reported, PackageRules.BelowFloor("packages.lock.json", lockFile).Any());
    }

    [Fact]
    public void Every_version_is_one_number() =>
        Report.None(PackageRules.Floating(File.ReadAllText(Repository.Path("Directory.Packages.props"))));

    [Theory]
    [InlineData("10.*")]
    [InlineData("[10.0.0,)")]
    public void A_planted_floating_version_is_reported(string version) =>
        Assert.NotEmpty(
            PackageRules.Floating(
                $"<Project><ItemGroup><PackageVersion Include=\"A\" Version=\"{version}\" /></ItemGroup></Project>"
            )
        );
}
