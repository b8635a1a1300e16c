using System.Diagnostics;
using System.Net;
using Integration.Gateway.Tests.Http;

namespace Integration.Gateway.Tests.Callers;

/// <summary>What comparing a secret costs tells nothing, and what is no secret costs nothing.</summary>
[Collection(nameof(ProcessorTime))]
public sealed class SecretCostTests
{
    [Theory]
    [InlineData("nobody")]
    [InlineData("disabled")]
    [InlineData("by-reference")]
    [InlineData("by-certificate")]
    [InlineData("cheap-hash")]
    public async Task A_wrong_secret_costs_the_same_for_every_id(string id)
    {
        await using var host = await CallersDriver.StartAsync(HashedSecrets.Setup(perSecond: 10_000));

        var (known, other) = await LeastAsync(() => CostAsync(host, "hall"), () => CostAsync(host, id));

        var figures = $"hall: {known.TotalMilliseconds:F0} ms, {id}: {other.TotalMilliseconds:F0} ms";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Assert.True(other < 2 * known && known < 2 * other, figures);
    }

    [Fact]
    public async Task A_secret_longer_than_any_costs_no_derivation()
    {
        await using var host = await CallersDriver.StartAsync(HashedSecrets.Setup(perSecond: 10_000));

        var (wrong, huge) = await LeastAsync(
            () => CostAsync(host, "hall"),
            () => CostAsync(host, "hall", new string('x', 4000))
        );

        Assert.True(4 * huge < wrong, $"{huge.TotalMilliseconds:F0} ms, {wrong.TotalMilliseconds:F0} ms");
    }

    private static async Task<HttpStatusCode> AskAsync(CallersDriver host, string id, string secret)
    {
        using var answer = await OAuth.AskAsync(host.Http, id, secret);
        return answer.StatusCode;
    }

    private static async Task<TimeSpan> CostAsync(
        CallersDriver host,
        string id,
        string secret = "a-wrong-secret-of-some-length"
    )
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, id, secret));
        }

        return Process.GetCurrentProcess().TotalProcessorTime - before;
    }

    /// <summary>The least of several rounds, taken in turns: other tests run in this process.</summary>
    private static async Task<(TimeSpan One, TimeSpan Other)> LeastAsync(
        Func<Task<TimeSpan>> one,
        Func<Task<TimeSpan>> other
    )
    {
        var least = (One: TimeSpan.MaxValue, Other: TimeSpan.MaxValue);
        for (var i = 0; i < 6; i++)
        {
            var (first, second) = (await one(), await other());
            least = (first < least.One ? first : least.One, second < least.Other ? second : least.Other);
        }

        return least;
    }
}
