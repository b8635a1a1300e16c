using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Forwarding;

/// <summary>What every forwarded service does, in every dialect.</summary>
public abstract class ForwardedServiceCompliance(ForwardedCase forwarded) : IAsyncLifetime
{
    private protected ForwardingDriver Driver { get; private set; } = null!;

    private protected ForwardedCase Case => forwarded;

    public async ValueTask InitializeAsync() => Driver = await ForwardingDriver.StartAsync(forwarded);

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_forwarded_request_is_accepted_by_the_agency() => Accepted(await Driver.SendAsync(forwarded));

    [Fact]
    public async Task An_answer_that_refuses_nothing_does_not_refuse_the_key()
    {
        Assert.False((await Driver.SendAsync(forwarded)).RefusedKey);
        using var attempt = Driver.Attempt(forwarded);
        var service = Driver.Open(forwarded);
        Assert.Null(await ForwardingDriver.SignAsync(service, attempt, forwarded.Body));
        Assert.False(service.RefusedKey(attempt, 200, default));
    }

    [Fact]
    public async Task A_request_that_is_signed_twice_carries_each_header_once()
    {
        using var attempt = Driver.Attempt(forwarded);
        var service = Driver.Open(forwarded);
        Assert.Null(await ForwardingDriver.SignAsync(service, attempt, forwarded.Body));
        var headers = attempt.Headers.Select(header => header.Key).ToArray();
        Assert.Null(await ForwardingDriver.SignAsync(service, attempt, forwarded.Body));

        Assert.Equal(headers.Order(StringComparer.Ordinal), Names(attempt).Order(StringComparer.Ordinal));
        Assert.All(attempt.Headers, header => Assert.Single(header.Value));
    }

    private protected void Accepted(Forwarded answer)
    {
        Assert.Equal(200, answer.Status);
        Assert.Contains(forwarded.Success, answer.Answer, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(HttpRequestMessage attempt) =>
        attempt.Headers.Select(header => header.Key);
}

/// <summary>What those do whose agency hands out a key or token: it is the key of the adapters' own questions.</summary>
/// <param name="forwarded">The service.</param>
/// <param name="keyService">The agency that hands out the keys.</param>
public abstract class KeyedServiceCompliance(ForwardedCase forwarded, string keyService)
    : ForwardedServiceCompliance(forwarded)
{
    private static readonly TimeSpan s_longerThanAnyKey = TimeSpan.FromHours(13);

    [Fact]
    public async Task A_refused_key_is_dropped_and_the_second_attempt_is_accepted()
    {
        Accepted(await Driver.SendAsync(Case));
        await Driver.Adapters.SwitchAsync(Case.Agency, "expireSecret");

        var refused = await Driver.SendAsync(Case);
        Assert.True(refused.RefusedKey);
        Assert.DoesNotContain(Case.Success, refused.Answer, StringComparison.Ordinal);

        var second = await Driver.SendAsync(Case);
        Accepted(second);
        Assert.False(second.RefusedKey);
    }

    [Fact]
    public async Task A_hundred_at_once_under_an_expired_key_cause_one_refresh()
    {
        Accepted(await Driver.SendAsync(Case));
        Assert.Equal(1, await FetchesAsync());
        Driver.Clock.Advance(s_longerThanAnyKey);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Driver.SendAsync(Case)));

        Assert.All(answers, Accepted);
        Assert.Equal(2, await FetchesAsync());
    }

    [Fact]
    public async Task The_key_is_the_one_of_the_adapters_own_questions()
    {
        Assert.Equal("found", (await Driver.Adapters.AskAsync(Case.Agency)).Kind);
        Accepted(await Driver.SendAsync(Case));
        Assert.Equal(1, await FetchesAsync());
    }

    [Fact]
    public async Task A_key_that_a_forwarded_request_had_dropped_is_fetched_once_for_both()
    {
        Accepted(await Driver.SendAsync(Case));
        await Driver.Adapters.SwitchAsync(Case.Agency, "expireSecret");
        Assert.True((await Driver.SendAsync(Case)).RefusedKey);
        var before = await FetchesAsync();

        var asked = await Driver.Adapters.AskAsync(Case.Agency);
        Assert.Equal(("found", 1), (asked.Kind, asked.Trace.Attempts));
        Accepted(await Driver.SendAsync(Case));

        // An IRS refresh secret that was voided too is tried first.
        Assert.Equal(Case.Dialect == "irs" ? 2 : 1, await FetchesAsync() - before);
    }

    [Fact]
    public async Task A_key_that_cannot_be_had_is_the_failure_and_nothing_is_sent()
    {
        await Driver.Adapters.SwitchAsync(keyService, "http500");
        using var attempt = Driver.Attempt(Case);
        var failure = await ForwardingDriver.SignAsync(Driver.Open(Case), attempt, Case.Body);
        Assert.Equal((FailureStage.Secret, FailureSide.Agency, "http-500"), Known.Of(failure));

        await Driver.Adapters.SwitchAsync(keyService, "none");
        Accepted(await Driver.SendAsync(Case));
    }

    [Fact]
    public async Task A_caller_who_leaves_while_a_key_is_fetched_takes_it_from_nobody()
    {
        await Driver.Adapters.SwitchAsync(keyService, "delay", seconds: 0.3, count: 1);
        var service = Driver.Open(Case);
        using var first = Driver.Attempt(Case);
        using var second = Driver.Attempt(Case);
        using var leaves = new CancellationTokenSource();
        var left = service.SignAsync(first, ForwardingDriver.Question(Case.Body), leaves.Token).AsTask();
        var stays = ForwardingDriver.SignAsync(service, second, Case.Body).AsTask();
        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Null(await stays);
        Assert.Equal(1, await FetchesAsync());
    }

    private async Task<int> FetchesAsync() =>
        (await Driver.Adapters.CallsAsync(keyService)).Count(operation =>
            operation is "refreshappsecret" or "token" or "refreshTokenByKey" or "refreshTokenBySec"
        );
}

public sealed class ExchangeRestForwardingTests()
    : KeyedServiceCompliance(ForwardedCase.Enterprise, "exchange-platform");

public sealed class ExchangeSoapForwardingTests()
    : KeyedServiceCompliance(ForwardedCase.Population, "exchange-platform");

public sealed class GatewayForwardingTests() : KeyedServiceCompliance(ForwardedCase.Gateway, "electricity");

public sealed class IrsForwardingTests() : KeyedServiceCompliance(ForwardedCase.Irs, "electricity");

public sealed class GxDataForwardingTests() : KeyedServiceCompliance(ForwardedCase.Titles, "real-estate");

public sealed class TifForwardingTests() : ForwardedServiceCompliance(ForwardedCase.Grid);

public sealed class ClientIdForwardingTests() : ForwardedServiceCompliance(ForwardedCase.Projects);

public sealed class LicenceLibraryForwardingTests() : ForwardedServiceCompliance(ForwardedCase.Library);
