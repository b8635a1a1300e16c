using Integration.Adapters.Ports;
using Integration.Contracts.Problems;
using Integration.Gateway.Sharing.Answering;

namespace Integration.Gateway.Tests.Sharing.Answering;

/// <summary>What a caller of the sharing plane is told, for every stage and side a call can end at.</summary>
public class AgencyProblemTests
{
    public static TheoryData<FailureStage, FailureSide> Everywhere { get; } =
        new(
            from stage in Enum.GetValues<FailureStage>()
            from side in Enum.GetValues<FailureSide>()
            select (stage, side)
        );

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Every_failure_has_a_problem_that_names_the_agency_and_never_promises_too_much(
        FailureStage stage,
        FailureSide side
    )
    {
        var failure = new AgencyFailure(stage, side, "some-code");

        var read = AgencyProblem.From("real-estate", failure, idempotent: true);
        var write = AgencyProblem.From("real-estate", failure, idempotent: false);

        Assert.Equal((read.Status, read.Code), (write.Status, write.Code));
        Assert.Equal(stage == FailureStage.Question ? "caller" : "agency:real-estate", read.Party);
        Assert.InRange(
            read.Status,
            stage == FailureStage.Question ? 400 : 502,
            stage == FailureStage.Question ? 400 : 504
        );
        Assert.True(read.Status != 503 || read.RetryAfter is not null, "503 without Retry-After");
        Assert.NotEqual(RetryAdvice.Unsafe, read.Retry);
        if (write.Retry == RetryAdvice.Safe)
        {
            Assert.True(NeverDone(stage, side), $"{stage} may have had an effect");
        }
    }

    [Theory]
    [InlineData(
        FailureStage.Question,
        FailureSide.Gateway,
        "holder-code",
        400,
        "request-invalid",
        RetryAdvice.Never,
        RetryAdvice.Never
    )]
    [InlineData(
        FailureStage.Maintenance,
        FailureSide.Gateway,
        "maintenance",
        503,
        "agency-maintenance",
        RetryAdvice.Safe,
        RetryAdvice.Safe
    )]
    [InlineData(
        FailureStage.Bulkhead,
        FailureSide.Gateway,
        "no-place",
        503,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Safe
    )]
    [InlineData(
        FailureStage.Bulkhead,
        FailureSide.Gateway,
        "day-used-up",
        503,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Safe
    )]
    [InlineData(
        FailureStage.CircuitOpen,
        FailureSide.Agency,
        "circuit-open",
        503,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Safe
    )]
    [InlineData(
        FailureStage.Secret,
        FailureSide.Gateway,
        "http-401",
        502,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Safe
    )]
    [InlineData(
        FailureStage.Connect,
        FailureSide.Network,
        "dns",
        502,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Safe
    )]
    [InlineData(
        FailureStage.Transfer,
        FailureSide.Network,
        "broken-off",
        502,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Unsafe
    )]
    [InlineData(
        FailureStage.TimeOut,
        FailureSide.Agency,
        "time-out",
        504,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Unsafe
    )]
    [InlineData(
        FailureStage.TimeOut,
        FailureSide.Gateway,
        "deadline-passed",
        504,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Safe
    )]
    [InlineData(
        FailureStage.Status,
        FailureSide.Agency,
        "http-500",
        502,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Unsafe
    )]
    [InlineData(
        FailureStage.Status,
        FailureSide.Gateway,
        "http-404",
        502,
        "agency-refused",
        RetryAdvice.Never,
        RetryAdvice.Never
    )]
    [InlineData(
        FailureStage.Status,
        FailureSide.Gateway,
        "http-408",
        504,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Unsafe
    )]
    [InlineData(
        FailureStage.Status,
        FailureSide.Gateway,
        "http-429",
        503,
        "agency-unavailable",
        RetryAdvice.Safe,
        RetryAdvice.Safe
    )]
    [InlineData(
        FailureStage.TooLarge,
        FailureSide.Agency,
        "too-large",
        502,
        "answer-unreadable",
        RetryAdvice.Never,
        RetryAdvice.Unsafe
    )]
    [InlineData(
        FailureStage.Parse,
        FailureSide.Agency,
        "json",
        502,
        "answer-unreadable",
        RetryAdvice.Safe,
        RetryAdvice.Unsafe
    )]
    [InlineData(
        FailureStage.Envelope,
        FailureSide.Agency,
        "E-500",
        502,
        "agency-refused",
        RetryAdvice.Safe,
        RetryAdvice.Unsafe
    )]
    [InlineData(
        FailureStage.Envelope,
        FailureSide.Gateway,
        "E-106",
        502,
        "agency-refused",
        RetryAdvice.Never,
        RetryAdvice.Never
    )]
    [InlineData(
        FailureStage.Authorisation,
        FailureSide.Gateway,
        "http-403",
        502,
        "agency-refused",
        RetryAdvice.Never,
        RetryAdvice.Never
    )]
    [InlineData(
        FailureStage.Binding,
        FailureSide.Agency,
        "request-id",
        502,
        "answer-unreadable",
        RetryAdvice.Safe,
        RetryAdvice.Unsafe
    )]
    public void A_failure_becomes(
        FailureStage stage,
        FailureSide side,
        string code,
        int status,
        string problem,
        RetryAdvice readAdvice,
        RetryAdvice writeAdvice
    )
    {
        var failure = new AgencyFailure(stage, side, code);

        var read = AgencyProblem.From("gas", failure, idempotent: true);
        var write = AgencyProblem.From("gas", failure, idempotent: false);

        Assert.Equal((status, problem, readAdvice), (read.Status, read.Code, read.Retry));
        Assert.Equal(writeAdvice, write.Retry);
    }

    [Fact]
    public void What_the_gate_knows_about_the_wait_is_handed_on()
    {
        var failure = new AgencyFailure(FailureStage.Maintenance, FailureSide.Gateway, "maintenance");

        var refusal = AgencyProblem.From("gas", failure, idempotent: true, TimeSpan.FromMinutes(20));

        Assert.Equal(TimeSpan.FromMinutes(20), refusal.RetryAfter);
    }

    private static bool NeverDone(FailureStage stage, FailureSide side) =>
        stage
            is FailureStage.Maintenance
                or FailureStage.Bulkhead
                or FailureStage.CircuitOpen
                or FailureStage.Secret
                or FailureStage.Connect
        || (stage == FailureStage.TimeOut && side == FailureSide.Gateway);
}
