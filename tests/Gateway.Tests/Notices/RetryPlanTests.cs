using System.Globalization;
using Integration.Gateway.Notices.Delivery;

namespace Integration.Gateway.Tests.Notices;

/// <summary>What an answer means, and when a notice is sent again.</summary>
public sealed class RetryPlanTests
{
    private static readonly TimeSpan s_threeDays = TimeSpan.FromHours(72);

    [Theory]
    [InlineData(200, true, false)]
    [InlineData(202, true, false)]
    [InlineData(204, true, false)]
    [InlineData(301, false, false)]
    [InlineData(400, false, true)]
    [InlineData(401, false, true)]
    [InlineData(404, false, true)]
    [InlineData(408, false, false)]
    [InlineData(410, false, true)]
    [InlineData(425, false, false)]
    [InlineData(429, false, false)]
    [InlineData(500, false, false)]
    [InlineData(503, false, false)]
    public void Each_status_is_taken_refused_or_passing(int status, bool isDelivered, bool isRefused)
    {
        var attempt = new Attempt(status);
        Assert.Equal((isDelivered, isRefused), (attempt.IsDelivered, attempt.IsRefused));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"http-{status}"), attempt.Failure);
    }

    [Theory]
    [InlineData(1, "00:00:00", "00:00:05")]
    [InlineData(2, "00:00:05", "00:00:30")]
    [InlineData(3, "00:00:35", "00:02:00")]
    [InlineData(4, "00:02:35", "00:10:00")]
    [InlineData(5, "00:12:35", "01:00:00")]
    [InlineData(6, "01:12:35", "03:00:00")]
    [InlineData(7, "04:12:35", "06:00:00")]
    [InlineData(17, "2.16:12:35", "06:00:00")]
    [InlineData(18, "2.22:12:35", "01:47:25")] // what is left of three days
    [InlineData(19, "3.00:00:00", null)]
    [InlineData(2, "3.00:00:01", null)]
    public void A_failing_subscriber_is_tried_for_three_days(int failures, string elapsed, string? pause) =>
        Assert.Equal(
            Time(pause),
            RetryPlan.PauseAfter(new Attempt(500), failures, refusals: 0, Time(elapsed)!.Value, s_threeDays)
        );

    [Theory]
    [InlineData(4, "00:02:35", 1, "00:10:00")]
    [InlineData(5, "00:50:00", 1, "00:10:00")]
    [InlineData(5, "01:00:00", 1, null)]
    [InlineData(18, "3.00:00:00", 108, "06:00:00")]
    public void How_long_is_a_setting(int failures, string elapsed, int hours, string? pause) =>
        Assert.Equal(
            Time(pause),
            RetryPlan.PauseAfter(
                new Attempt(500),
                failures,
                refusals: 0,
                Time(elapsed)!.Value,
                TimeSpan.FromHours(hours)
            )
        );

    [Theory]
    [InlineData("00:36:00", "00:02:00")]
    [InlineData("2.23:59:00", "00:02:00")] // not before the subscriber wants it, though then it is the last time
    [InlineData("3.00:00:00", null)]
    public void However_often_patience_was_asked_for_only_time_gone_by_counts(string elapsed, string? pause) =>
        Assert.Equal(
            Time(pause),
            RetryPlan.PauseAfter(
                new Attempt(503, TimeSpan.FromMinutes(2)),
                failures: 2_000,
                refusals: 0,
                Time(elapsed)!.Value,
                s_threeDays
            )
        );

    [Theory]
    [InlineData(1, 1, "00:00:05")]
    [InlineData(2, 2, "00:00:30")]
    [InlineData(3, 3, null)]
    [InlineData(9, 1, "06:00:00")]
    [InlineData(11, 3, null)]
    public void A_refused_notice_is_given_up_after_three_refusals(int failures, int refusals, string? pause) =>
        Assert.Equal(
            Time(pause),
            RetryPlan.PauseAfter(new Attempt(410), failures, refusals, TimeSpan.Zero, s_threeDays)
        );

    [Theory]
    [InlineData(429, 1, 600, "00:10:00")]
    [InlineData(503, 1, 600, "00:10:00")]
    [InlineData(503, 1, 86_400, "01:00:00")]
    [InlineData(503, 1, -5, "00:00:05")]
    [InlineData(503, 7, 20, "00:00:20")]
    [InlineData(500, 1, 600, "00:00:05")]
    public void Patience_is_granted_within_bounds(int status, int failures, int seconds, string pause) =>
        Assert.Equal(
            Time(pause),
            RetryPlan.PauseAfter(
                new Attempt(status, TimeSpan.FromSeconds(seconds)),
                failures,
                refusals: 0,
                TimeSpan.Zero,
                s_threeDays
            )
        );

    [Fact]
    public void Silence_is_a_failure_with_a_name()
    {
        var attempt = new Attempt(Status: null, Silence: Attempt.Timeout);
        Assert.Equal("timeout", attempt.Failure);
        Assert.False(attempt.IsDelivered || attempt.IsRefused);
    }

    private static TimeSpan? Time(string? text) =>
        text is null ? null : TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
