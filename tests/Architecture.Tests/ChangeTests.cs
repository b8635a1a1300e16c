using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

/// <summary>One way to change state (docs/adr/0038-one-way-to-change-state.md).</summary>
public class ChangeTests
{
    [Fact]
    public void No_flow_commits_by_itself() => Report.None(ChangeRules.CommitsElsewhere(Product.Gateway));

    [Theory]
    [InlineData("CommitsByItself uses Microsoft.EntityFrameworkCore.DbContext::SaveChanges")]
    [InlineData(
        "CommitsByItself uses Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade::BeginTransactionAsync"
    )]
    public void A_planted_commit_is_reported(string expected) =>
        Report.Names($"Integration.Architecture.Tests.Planted.{expected}", ChangeRules.CommitsElsewhere(Product.Tests));

    [Fact]
    public void Each_exception_is_used() => Report.None(ChangeRules.Unused(Product.Gateway));

    [Fact]
    public void No_delegate_over_the_database_is_handed_on() =>
        Report.None(ChangeRules.HandedOn(Product.Gateway.GetTypes()));

    [Theory]
    [InlineData("HandsADelegateOn.Returned hands on Action`1 over the database")]
    [InlineData("HandsADelegateOn.Taken hands on Func`2 over the database")]
    public void A_planted_delegate_is_reported(string expected) =>
        Report.Names(
            $"Integration.Architecture.Tests.Planted.{expected}",
            ChangeRules.HandedOn(Product.Tests.GetTypes())
        );
}
