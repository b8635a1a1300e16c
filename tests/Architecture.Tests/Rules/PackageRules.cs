using System.Text.Json;
using System.Xml.Linq;

namespace Integration.Architecture.Tests.Rules;

/// <summary>What is referenced, read from the lock files.</summary>
internal static class PackageRules
{
    /// <summary>Packages that must not be there at all, and lowest versions of others; each with its reason.</summary>
    private static readonly (string Package, Version? Lowest, string Reason)[] s_floors =
    [
        ("System.Security.Cryptography.Xml", null, "XML signatures are not ours to parse"),
        ("Microsoft.AspNetCore.DataProtection", new(10, 0, 7), "CVE-2026-40372"),
        ("Microsoft.AspNetCore.DataProtection.EntityFrameworkCore", new(10, 0, 7), "CVE-2026-40372"),
    ];

    public static IEnumerable<string> BelowFloor(string file, string lockFile)
    {
        using var document = JsonDocument.Parse(lockFile);
        return
        [
            .. from framework in document.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in framework.Value.EnumerateObject()
            from floor in s_floors
            where string.Equals(package.Name, floor.Package, StringComparison.OrdinalIgnoreCase)
            let resolved = package.Value.TryGetProperty("resolved", out var version) ? version.GetString()! : "0.0.0"
            where floor.Lowest is null || Version.Parse(resolved.Split('-')[0]) < floor.Lowest
            select $"{file} has {package.Name} {resolved}: {floor.Reason}",
        ];
    }

    /// <summary>Versions that are not one exact number.</summary>
    public static IEnumerable<string> Floating(string props) =>
        from version in XDocument.Parse(props).Descendants("PackageVersion")
        let number = version.Attribute("Version")!.Value
        where number.AsSpan().ContainsAny("*[](),")
        select $"{version.Attribute("Include")!.Value} floats: {number}";
}
