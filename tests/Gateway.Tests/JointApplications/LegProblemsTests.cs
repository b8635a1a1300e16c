using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications;

public sealed class LegProblemsTests
{
    /// <summary>Stored and answered, so none may ever be spelled otherwise.</summary>
    [Theory]
    [InlineData("forbidden-fee", true)]
    [InlineData("contradiction", true)]
    [InlineData("without-permit", true)]
    [InlineData("withdrawal-refused", true)]
    [InlineData("proof-contradicted", true)]
    [InlineData("status-conflict", true)]
    [InlineData("refused", false)]
    [InlineData("receiver-not-granted", false)]
    [InlineData("seizure", false)]
    [InlineData("account-holder", false)]
    [InlineData("title-unanswered", false)]
    [InlineData("already-open", false)]
    public void A_problem_is_closed_by_hand_or_holds_the_leg(string code, bool isClosedByHand)
    {
        Assert.Contains(code, LegProblems.All);
        Assert.Equal(isClosedByHand, LegProblems.IsClosedByHand(code));
    }

    [Fact]
    public void There_are_twelve_of_them() =>
        Assert.Equal(12, LegProblems.All.Distinct(StringComparer.Ordinal).Count());
}
