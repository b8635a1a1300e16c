using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

public class BannedMemberTests
{
    [Fact]
    public void No_wall_clock_and_no_other_banned_member_is_used() =>
        Report.None(Product.All.SelectMany(assembly => MemberRules.Banned(assembly, MemberRules.BannedSymbols())));

    [Theory]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.TimeSpan)")]
    [InlineData("T:System.Random")]
    [InlineData("M:System.Guid.NewGuid")]
    public void A_planted_use_is_reported(string symbol) =>
        Report.Names(symbol, MemberRules.Banned(Product.Tests, MemberRules.BannedSymbols()));

    [Fact]
    public void A_delay_on_a_time_provider_is_allowed() =>
        Assert.DoesNotContain(
            MemberRules.Banned(Product.Tests, MemberRules.BannedSymbols()),
            violation => violation.Contains("TimeProvider", StringComparison.Ordinal)
        );
}
