using Integration.Contracts.Problems;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Integration.FlowTests.Sharing;

/// <summary>Several addresses of one agency.</summary>
public class FailoverTests
{
    private const string Query = "grid-capacity/query";
    private const string Order = "grid-capacity/order";

    private static IReadOnlyDictionary<string, string> MinuteOfRest =>
        ShareDriver.With(("Gateway:Sharing:RestSeconds", "60"));

    [Fact]
    public async Task When_the_first_address_is_dead_the_second_answers_within_the_same_request()
    {
        await using var scene = await ShareDriver.StartAsync(addresses: 2);
        await scene.Agencies[0].DisposeAsync();

        using var answer = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Single(scene.Agencies[1].Requests);
        Assert.Equal(2, Assert.Single(await scene.Host.RecordsAsync()).Fact.Call!.Attempts);
    }

    [Fact]
    public async Task What_has_an_effect_is_not_sent_to_the_second_address_and_may_be_sent_again()
    {
        await using var scene = await ShareDriver.StartAsync(addresses: 2);
        await scene.Agencies[0].DisposeAsync();

        using var answer = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, ("Idempotency-Key", "k"));

        Assert.Equal(502, (int)answer.StatusCode);
        Assert.Equal(RetryAdvice.Safe, (await HallDriver.ProblemOfAsync(answer)).Retry);
        Assert.True(scene.Agencies[1].IsUntouched);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("unreadable")]
    [InlineData("reset")]
    public async Task An_address_that_fails_too_often_is_left_alone_and_comes_back_after_its_rest(string fault)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var scene = await ShareDriver.StartAsync(
            addresses: 2,
            MinuteOfRest,
            options => options with { Clock = clock }
        );
        var first = scene.Agencies[0];
        first.Behaviour = (_, reply) => FailAsync(fault, reply);
        for (var i = 0; i < 10; i++)
        {
            using var failedOver = await AskAsync();
            Assert.Equal(200, (int)failedOver.StatusCode);
        }

        Assert.Equal(DestinationHealth.Unhealthy, Health(scene, 0).Passive);
        Assert.Equal(10, first.Requests.Count);
        Assert.Equal(10, scene.Agencies[1].Requests.Count);
        first.Behaviour = (_, reply) => reply.JsonAsync(StandInAgency.Found);
        first.Forget();
        clock.Advance(TimeSpan.FromSeconds(45));
        using var resting = await AskAsync();
        Assert.Equal(200, (int)resting.StatusCode);
        Assert.True(first.IsUntouched);
        clock.Advance(TimeSpan.FromSeconds(16));
        using var back = await StandInAgencyAnswers.UntilAsync(
            AskAsync,
            answer => (int)answer.StatusCode != 200 || first.Requests.Count > 0
        );
        Assert.Equal(200, (int)back.StatusCode);
        Assert.NotEmpty(first.Requests);
        Assert.True(scene.Agencies[1].Requests.Count > 10); // asked alone in between

        // In small steps: the next attempt waits for the clock, and the failures must not leave the 30 s.
        Task<HttpResponseMessage> AskAsync() =>
            clock.WhileAsync(scene.Host.Hall.ShareAsync(Query, ShareDriver.Question), TimeSpan.FromMilliseconds(10));
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("2", 5)] // our own rest is longer
    [InlineData("-7", 5)]
    [InlineData("presently", 5)]
    [InlineData("Mon, 23 Nov 2020 00:00:00 GMT", 5)]
    [InlineData("315360000", 3600)]
    public async Task An_address_rests_for_the_longer_of_our_rest_and_its_own_wish_and_then_counts_from_zero(
        string retryAfter,
        int seconds
    )
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var scene = await ShareDriver.StartAsync(
            addresses: 2,
            ShareDriver.With(("Gateway:Sharing:RestSeconds", "5")),
            options => options with { Clock = clock }
        );
        var first = scene.Agencies[0];
        first.Behaviour = (_, reply) => reply.JsonAsync("{}", "503 Busy", $"Retry-After: {retryAfter}");
        for (var i = 0; i < 10; i++)
        {
            using var failedOver = await AskAsync();
            Assert.Equal(200, (int)failedOver.StatusCode);
        }

        Assert.Equal(DestinationHealth.Unhealthy, Health(scene, 0).Passive);
        first.Behaviour = (_, reply) => reply.JsonAsync(StandInAgency.Found);
        clock.Advance(TimeSpan.FromSeconds(seconds - 2));
        Assert.Equal(DestinationHealth.Unhealthy, Health(scene, 0).Passive);
        clock.Advance(TimeSpan.FromSeconds(3));
        await UntilAsync(() => Health(scene, 0).Passive != DestinationHealth.Unhealthy);

        // Its failures of before the rest are not held against it: it stays, though they are less than 30 s old.
        using var back = await StandInAgencyAnswers.UntilAsync(AskAsync, _ => first.Requests.Count > 10);
        for (var i = 0; i < 3; i++)
        {
            using var again = await AskAsync();
            Assert.Equal(200, (int)again.StatusCode);
        }

        Assert.Equal(DestinationHealth.Healthy, Health(scene, 0).Passive);

        Task<HttpResponseMessage> AskAsync() =>
            clock.WhileAsync(scene.Host.Hall.ShareAsync(Query, ShareDriver.Question), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task An_address_that_is_still_bad_after_its_rest_rests_again_at_once()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var scene = await ShareDriver.StartAsync(
            addresses: 2,
            ShareDriver.With(("Gateway:Sharing:RestSeconds", "5")),
            options => options with { Clock = clock }
        );
        var first = scene.Agencies[0];
        first.Behaviour = (_, reply) => reply.JsonAsync("{}", "503 Busy");
        for (var i = 0; i < 10; i++)
        {
            using var failedOver = await AskAsync();
        }

        clock.Advance(TimeSpan.FromSeconds(6));
        await UntilAsync(() => Health(scene, 0).Passive != DestinationHealth.Unhealthy);
        using var tried = await StandInAgencyAnswers.UntilAsync(AskAsync, _ => first.Requests.Count > 10);

        Assert.Equal(11, first.Requests.Count);
        Assert.Equal(DestinationHealth.Unhealthy, Health(scene, 0).Passive);

        Task<HttpResponseMessage> AskAsync() =>
            clock.WhileAsync(scene.Host.Hall.ShareAsync(Query, ShareDriver.Question), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task The_only_address_is_not_asked_again_before_it_wants_to_and_the_caller_is_told_when()
    {
        await using var scene = await ShareDriver.StartAsync();
        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync("{}", "503 Busy", "Retry-After: 40");

        using var answer = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);

        Assert.Equal(502, (int)answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 39, 40);
        Assert.Single(scene.Agency.Requests);
    }

    [Fact]
    public async Task When_all_addresses_are_out_nothing_is_sent_and_the_caller_is_told_when_to_come_back()
    {
        await using var scene = await ShareDriver.StartAsync(addresses: 2, MinuteOfRest);
        foreach (var agency in scene.Agencies)
        {
            agency.Behaviour = (_, reply) => FailAsync("500", reply);
        }

        using var first = await StandInAgencyAnswers.UntilAsync(
            () => scene.Host.Hall.ShareAsync(Query, ShareDriver.Question),
            answer => (int)answer.StatusCode == 503
        );
        foreach (var agency in scene.Agencies)
        {
            agency.Forget();
        }

        using var answer = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);

        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal((503, "agency-unavailable"), ((int)answer.StatusCode, problem.Code));
        Assert.Equal(("agency:grid-resource", RetryAdvice.Safe), (problem.Party, problem.Retry));
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 40, 60); // what is left of the rest
        Assert.All(scene.Agencies, agency => Assert.True(agency.IsUntouched));
        var record = (await scene.Host.RecordsAsync())[^1].Fact;
        Assert.Equal(("unanswered", "no-address", 0), (record.Outcome, record.Failure!.Code, record.Call!.Attempts));
    }

    [Fact]
    public async Task A_probe_finds_a_dead_address_before_a_request_meets_it_and_finds_it_alive_again()
    {
        await using var scene = await ShareDriver.StartAsync(
            addresses: 2,
            ShareDriver.With(("Agencies:grid-resource:ProbePath", "/alive"), ("Gateway:Sharing:ProbeSeconds", "1"))
        );
        var port = scene.Agencies[0].Port;
        await scene.Agencies[0].DisposeAsync();
        await UntilAsync(() => Health(scene, 0).Active == DestinationHealth.Unhealthy);

        using var answer = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(1, Assert.Single(await scene.Host.RecordsAsync()).Fact.Call!.Attempts);
        var probe = scene.Agencies[1].Requests.First(request => request.Line == "GET /alive HTTP/1.1");
        Assert.Equal(["host"], probe.Names);

        await using var again = new StandInAgency(port);
        await UntilAsync(() => Health(scene, 0).Active == DestinationHealth.Healthy);
        using var back = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);
        Assert.Equal(200, (int)back.StatusCode);
        Assert.Contains(again.Requests, request => request.Line.StartsWith("POST", StringComparison.Ordinal));
    }

    private static DestinationHealthState Health(ShareDriver scene, int address)
    {
        var states = scene.Host.Services.GetRequiredService<IProxyStateLookup>();
        Assert.True(states.TryGetCluster("grid-resource", out var cluster));
        return cluster.Destinations[FormattableString.Invariant($"{address:D3}")].Health;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(30);
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, "It did not come about in 30 s.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static Task FailAsync(string fault, StandInReply reply)
    {
        switch (fault)
        {
            case "500":
                return reply.JsonAsync("{}", "500 Oops");
            case "unreadable":
                return reply.JsonAsync("<html>");
            default:
                reply.Hang();
                return Task.CompletedTask;
        }
    }
}
