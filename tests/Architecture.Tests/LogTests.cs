using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

public class LogTests
{
    private static readonly IReadOnlyList<LogEvent> s_product = LogRules.Events(
        Product.All.SelectMany(assembly => assembly.GetTypes())
    );

    private static readonly IReadOnlyList<LogEvent> s_planted = LogRules.Events(Product.Tests.GetTypes());

    [Fact]
    public void Event_ids_and_names_are_unique()
    {
        Assert.NotEmpty(s_product);
        Report.None(LogRules.UsedTwice(s_product));
    }

    [Theory]
    [InlineData("Event id 1000 is used by")]
    [InlineData("Event name Opened is used by")]
    public void A_planted_repetition_is_reported(string expected) =>
        Report.Names(expected, LogRules.UsedTwice(s_planted));

    [Fact]
    public void Event_ids_are_in_their_folders_range() => Report.None(LogRules.OutOfRange(s_product));

    [Fact]
    public void A_planted_id_of_another_folder_is_reported() =>
        Report.Names("ThirdWriter+Log.Closed (3000)", LogRules.OutOfRange(s_planted));

    [Fact]
    public void No_range_holds_an_id_of_another() => Report.None(LogRules.Overlapping(LogRules.Ranges));

    [Fact]
    public void A_planted_range_within_another_is_reported() =>
        Assert.Equal(
            ["A. 1000-1099 holds the first id of B. 1050-1059"],
            LogRules.Overlapping([new("A.", 1000, 1099), new("B.", 1050, 1059), new("C.", 1100, 1199)])
        );

    [Fact]
    public void Every_range_is_documented_and_every_documented_range_is_kept()
    {
        Report.None(LogRules.Undocumented(LogRules.Ranges, File.ReadAllText(Repository.Path("CONTRIBUTING.md"))));
        Report.None(
            LogRules
                .Ranges.Select(range => range.Prefix["Integration.".Length..^1].Replace('.', '/'))
                .Where(folder =>
                    !Directory.Exists(Repository.Path("src", folder))
                    && !Directory.Exists(Repository.Path("deploy", folder))
                )
                .Select(folder => $"{folder} has a range and is not there")
        );
    }

    [Fact]
    public void A_planted_range_on_one_side_only_is_reported()
    {
        var violations = LogRules.Undocumented(
            [
                new("Integration.Gateway.Both.", 1000, 1099),
                new("Integration.Gateway.InCode.", 1100, 1199),
                new("Integration.Try.", 1200, 1299),
            ],
            """
            | `src/Gateway/Both` | 1000-1099 |
            | `src/Gateway/InDocument` | 1300-1399 |
            | `deploy/Try` | 1200-1298 |
            """
        );

        Assert.Equal(
            [
                "Integration.Gateway.InCode. 1100-1199 is not documented",
                "Integration.Try. 1200-1299 is not documented",
                "Integration.Gateway.InDocument. 1300-1399 is documented and not kept",
                "Integration.Try. 1200-1298 is documented and not kept",
            ],
            violations
        );
    }

    [Fact]
    public void Messages_stand_in_a_nested_Log() => Report.None(LogRules.OutsideLog(s_product));

    [Fact]
    public void A_planted_message_elsewhere_is_reported() =>
        Report.Names("LooseMessages.Loose (1003)", LogRules.OutsideLog(s_planted));

    [Fact]
    public void Every_message_is_source_generated() =>
        Report.None(
            Product.All.SelectMany(assembly =>
                MemberRules.CallsOf(assembly, "Microsoft.Extensions.Logging.LoggerExtensions")
            )
        );

    [Fact]
    public void A_planted_ad_hoc_message_is_reported() =>
        Report.Names(
            "LogInformation",
            MemberRules.CallsOf(Product.Tests, "Microsoft.Extensions.Logging.LoggerExtensions")
        );

    /// <summary>Standard error excepted, on which the process says why it does not start: then there is no logger.</summary>
    [Fact]
    public void Nothing_in_the_product_writes_to_the_console() =>
        Report.None(
            new[] { Product.Contracts, Product.Adapters, Product.Gateway }
                .SelectMany(assembly => MemberRules.CallsOf(assembly, "System.Console"))
                .Where(call => call != "Integration.Gateway calls System.IO.TextWriter System.Console::get_Error()")
        );

    [Fact]
    public void A_planted_console_line_is_reported() =>
        Report.Names("System.Console::WriteLine", MemberRules.CallsOf(Product.Tests, "System.Console"));
}
