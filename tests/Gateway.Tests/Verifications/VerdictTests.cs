using Integration.Adapters.Ports;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Tests.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Tests.Verifications;

/// <summary>What two agencies say together. Letters: m match, x mismatch, s stale, 2 several, u unknown, r refused, - silent.</summary>
public class VerdictTests
{
    [Theory]
    [InlineData("", CheckOutcome.SourceUnavailable)]
    [InlineData("m", CheckOutcome.Match)]
    [InlineData("x", CheckOutcome.Mismatch)]
    [InlineData("s", CheckOutcome.Stale)]
    [InlineData("2", CheckOutcome.Ambiguous)]
    [InlineData("u", CheckOutcome.NotFound)]
    [InlineData("r", CheckOutcome.NotAuthorised)]
    [InlineData("-", CheckOutcome.SourceUnavailable)]
    [InlineData("mm", CheckOutcome.Match)]
    [InlineData("mx", CheckOutcome.Ambiguous)]
    [InlineData("ms", CheckOutcome.Ambiguous)]
    [InlineData("xx", CheckOutcome.Mismatch)]
    [InlineData("m2", CheckOutcome.Ambiguous)]
    [InlineData("2m", CheckOutcome.Ambiguous)]
    [InlineData("um", CheckOutcome.Match)]
    [InlineData("-x", CheckOutcome.Mismatch)]
    [InlineData("rm", CheckOutcome.Match)]
    [InlineData("uu", CheckOutcome.NotFound)]
    [InlineData("u-", CheckOutcome.SourceUnavailable)]
    [InlineData("-u", CheckOutcome.SourceUnavailable)]
    [InlineData("r-", CheckOutcome.SourceUnavailable)]
    [InlineData("ru", CheckOutcome.NotAuthorised)]
    public void Together_they_say(string agencies, CheckOutcome outcome) =>
        Assert.Equal(outcome, Verdict.From([.. agencies.Select(Answer)]).Outcome);

    [Fact]
    public void The_agency_that_knows_is_named_and_nobody_when_nobody_answered()
    {
        Assert.Equal("m", Verdict.From([Answer('u'), Answer('m')]).Source!.Agency);
        Assert.Null(Verdict.From([Answer('u'), Answer('-')]).Source);
    }

    private static SourceAnswer Answer(char letter)
    {
        var trace = new CallTrace($"{letter}", "ask", "1", Moments.Now, Moments.Now, 1, null, null);
        var failure = new AgencyFailure(FailureStage.Connect, FailureSide.Network, "connect");
        return letter switch
        {
            'm' => new SourceAnswer.Known(trace, Finding.From(CheckFacts.None)),
            'x' => new SourceAnswer.Known(
                trace,
                Finding.From(CheckFacts.None, FieldComparison.From(Fields.Name, differs: true))
            ),
            's' => new SourceAnswer.Known(trace, Finding.Stale(CheckFacts.None)),
            '2' => new SourceAnswer.Several(trace, 2),
            'u' => new SourceAnswer.Unknown(trace),
            'r' => new SourceAnswer.Refused(trace, failure),
            _ => new SourceAnswer.Unanswered(trace, failure),
        };
    }
}
