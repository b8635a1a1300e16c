using Integration.Contracts.Problems;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Integration.FlowTests.Sharing;

/// <summary>Several addresses of one agency.</summary>
public class FailoverTests
{
    private const string Query = "grid-capacity/query";
    private const string Order = "grid-capacity/order";

    private static IReadOnlyDictionary<string, string> ShortRest =>
        StandInScene.With(("Gateway:Sharing:RestSeconds", "1"));

    [Fact]
    public async Task When_the_first_address_is_dead_the_second_answers_within_the_same_request()
    {
        await using var scene = await StandInScene.Start(addresses: 2);
        await scene.Agencies[0].DisposeAsync();

        using var answer = await scene.Host.Hall.Share(Query, StandInScene.Question);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Single(scene.Agencies[1].Requests);
        Assert.Equal(2, Assert.Single(await scene.Host.Records()).Fact.Call!.Attempts);
    }

    [Fact]
    public async Task What_has_an_effect_is_not_sent_to_the_second_address_and_may_be_sent_again()
    {
        await using var scene = await StandInScene.Start(addresses: 2);
        await scene.Agencies[0].DisposeAsync();

        using var answer = await scene.Host.Hall.Share(Order, StandInScene.Question, ("Idempotency-Key", "k"));

        Assert.Equal(502, (int)answer.StatusCode);
        Assert.Equal(RetryAdvice.Safe, (await HallDriver.ProblemOf(answer)).Retry);
        Assert.True(scene.Agencies[1].IsUntouched);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("unreadable")]
    [InlineData("reset")]
    public async Task An_address_that_fails_too_often_is_left_alone_and_comes_back_after_its_rest(string fault)
    {
        await using var scene = await StandInScene.Start(addresses: 2, ShortRest);
        var first = scene.Agencies[0];
        first.Behaviour = (_, reply) => Fail(fault, reply);
        for (var i = 0; i < 10; i++)
        {
            using var failedOver = await scene.Host.Hall.Share(Query, StandInScene.Question);
            Assert.Equal(200, (int)failedOver.StatusCode);
        }

        Assert.Equal(DestinationHealth.Unhealthy, Health(scene, 0).Passive);
        Assert.Equal(10, first.Requests.Count);
        Assert.Equal(10, scene.Agencies[1].Requests.Count);
        first.Behaviour = (_, reply) => reply.Json(StandInAgency.Found);
        first.Forget();
        using var back = await StandInAgencyAnswers.Until(
            () => scene.Host.Hall.Share(Query, StandInScene.Question),
            answer => (int)answer.StatusCode != 200 || first.Requests.Count > 0
        );
        Assert.Equal(200, (int)back.StatusCode);
        Assert.NotEmpty(first.Requests);
        Assert.True(scene.Agencies[1].Requests.Count > 10); // asked alone in between
    }

    [Fact]
    public async Task When_all_addresses_are_out_nothing_is_sent_and_the_caller_is_told_when_to_come_back()
    {
        await using var scene = await StandInScene.Start(addresses: 2);
        foreach (var agency in scene.Agencies)
        {
            agency.Behaviour = (_, reply) => Fail("500", reply);
        }

        using var first = await StandInAgencyAnswers.Until(
            () => scene.Host.Hall.Share(Query, StandInScene.Question),
            answer => (int)answer.StatusCode == 503
        );
        foreach (var agency in scene.Agencies)
        {
            agency.Forget();
        }

        using var answer = await scene.Host.Hall.Share(Query, StandInScene.Question);

        var problem = await HallDriver.ProblemOf(answer);
        Assert.Equal((503, "agency-unavailable"), ((int)answer.StatusCode, problem.Code));
        Assert.Equal(("agency:grid-resource", RetryAdvice.Safe), (problem.Party, problem.Retry));
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.All(scene.Agencies, agency => Assert.True(agency.IsUntouched));
        var record = (await scene.Host.Records())[^1].Fact;
        Assert.Equal(("unanswered", "no-address", 0), (record.Outcome, record.Failure!.Code, record.Call!.Attempts));
    }

    [Fact]
    public async Task A_probe_finds_a_dead_address_before_a_request_meets_it_and_finds_it_alive_again()
    {
        await using var scene = await StandInScene.Start(
            addresses: 2,
            StandInScene.With(("Agencies:grid-resource:ProbePath", "/alive"), ("Gateway:Sharing:ProbeSeconds", "1"))
        );
        var port = scene.Agencies[0].Port;
        await scene.Agencies[0].DisposeAsync();
        await Until(() => Health(scene, 0).Active == DestinationHealth.Unhealthy);

        using var answer = await scene.Host.Hall.Share(Query, StandInScene.Question);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(1, Assert.Single(await scene.Host.Records()).Fact.Call!.Attempts);
        var probe = scene.Agencies[1].Requests.First(request => request.Line == "GET /alive HTTP/1.1");
        Assert.Equal(["host"], probe.Names);

        await using var again = new StandInAgency(port);
        await Until(() => Health(scene, 0).Active == DestinationHealth.Healthy);
        using var back = await scene.Host.Hall.Share(Query, StandInScene.Question);
        Assert.Equal(200, (int)back.StatusCode);
        Assert.Contains(again.Requests, request => request.Line.StartsWith("POST", StringComparison.Ordinal));
    }

    private static DestinationHealthState Health(StandInScene scene, int address)
    {
        var states = scene.Host.Services.GetRequiredService<IProxyStateLookup>();
        Assert.True(states.TryGetCluster("grid-resource", out var cluster));
        return cluster.Destinations[FormattableString.Invariant($"{address:D3}")].Health;
    }

    private static async Task Until(Func<bool> holds)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(30);
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, "It did not come about in 30 s.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static Task Fail(string fault, StandInReply reply)
    {
        switch (fault)
        {
            case "500":
                return reply.Json("{}", "500 Oops");
            case "unreadable":
                return reply.Json("<html>");
            default:
                reply.Hang();
                return Task.CompletedTask;
        }
    }
}
