using System.Net;
using Integration.Gateway.Callers.Tokens;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Callers;

public sealed class TokenRateTests
{
    [Fact]
    public async Task An_address_over_its_rate_is_told_when_to_come_back()
    {
        var setup = new CallersFileBuilder().Write(_ => { });
        setup.Extra["Gateway:Tokens:Burst"] = "2";
        setup.Extra["Gateway:Tokens:PerSecond"] = "1";
        await using var host = await CallersDriver.StartAsync(setup);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await OAuth.AskAsync(host.Http, "hall", CallersFileBuilder.Secret));
        }

        Assert.Equal(HttpStatusCode.OK, answers[0].StatusCode);
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.OK);
        var problem = await OAuth.JsonAsync(refused);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("too-many-requests", problem.GetProperty("code").GetString());
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        answers.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public void Each_address_has_a_rate_of_its_own_and_a_network_of_IPv6_has_one()
    {
        using var rate = Rate();
        Assert.True(rate.Allows(IPAddress.Parse("10.0.0.1"), out _));
        Assert.True(IsSpent(rate, IPAddress.Parse("10.0.0.1")));
        Assert.True(IsSpent(rate, IPAddress.Parse("::ffff:10.0.0.1")));

        Assert.True(rate.Allows(IPAddress.Parse("2001:db8::1"), out _));
        Assert.True(IsSpent(rate, IPAddress.Parse("2001:db8::2")));
        // Another one, unless it happens to share the place of one above.
        Assert.Contains(Enumerable.Range(1, 9), i => rate.Allows(IPAddress.Parse($"2001:db8:0:{i}::1"), out _));
    }

    [Fact]
    public void Many_addresses_need_no_more_places()
    {
        using var rate = Rate();
        var allowed = Enumerable
            .Range(0, 50_000)
            .Count(i => rate.Allows(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]), out _));
        // Each place gives one, and one more in every second that this takes.
        Assert.InRange(allowed, 3000, 20_000);
    }

    [Fact]
    public void An_address_that_is_not_known_has_a_rate_too()
    {
        using var rate = Rate();
        Assert.True(rate.Allows(address: null, out _));
        Assert.True(IsSpent(rate, address: null));
    }

    /// <summary>Whether it is refused soon: on a slow machine a second may pass between two lines.</summary>
    private static bool IsSpent(TokenRate rate, IPAddress? address) =>
        Enumerable.Range(0, 50).Any(_ => !rate.Allows(address, out var _));

    /// <summary>One token, and one more only after a second.</summary>
    private static TokenRate Rate() => new(Options.Create(new TokenOptions { Burst = 1, PerSecond = 1 }));
}
