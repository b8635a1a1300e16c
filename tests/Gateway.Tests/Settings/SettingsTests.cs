using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Settings;

public class SettingsTests
{
    private static readonly IReadOnlyList<Type> s_options =
    [
        .. typeof(GatewaySettings)
            .Assembly.GetTypes()
            .Where(type =>
                type.GetField("Section") is { IsLiteral: true }
                && type.Name.EndsWith("Options", StringComparison.Ordinal)
            ),
    ];

    [Fact]
    public void Every_section_that_is_read_is_known() =>
        Assert.Empty(s_options.Select(SectionOf).Except(GatewaySettings.Sections, StringComparer.Ordinal));

    [Fact]
    public void Every_setting_is_documented()
    {
        var text = File.ReadAllText(Document());
        var missing = s_options
            .SelectMany(type =>
                type.GetProperties().Where(property => property.CanWrite).Select(property => (type, property.Name))
            )
            .Where(setting =>
                !Chapter(text, SectionOf(setting.type)).Contains($"| {setting.Name} |", StringComparison.Ordinal)
            )
            .Select(setting => $"{SectionOf(setting.type)}:{setting.Name}");
        Assert.Empty(missing);
    }

    [Fact]
    public void Sections_that_nobody_reads_are_refused_all_at_once()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Gateway:Htpp:MaxBodyBytes", "1"),
                new("Gateway:Clock:Hours:0", "x"),
                new("Gateway:Http:MaxBodyBytes", "4096"),
                new("Gateway:Callers", "callers.json"),
            ])
            .Build();
        var refusal = Assert.Throws<OptionsValidationException>(() =>
            GatewaySettings.RefuseUnknownSections(configuration)
        );
        Assert.Equal(
            [
                "Gateway:Clock: no such setting. Did you mean Gateway:Clocks?",
                "Gateway:Htpp: no such setting. Did you mean Gateway:Http?",
            ],
            refusal.Failures
        );
    }

    private static string SectionOf(Type type) =>
        (string)type.GetField("Section", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;

    private static string Chapter(string text, string section)
    {
        var start = text.IndexOf($"## {section}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, section);
        var end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    /// <summary>The repository is above the binaries.</summary>
    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Integration.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "spec", "settings.md");
    }
}
