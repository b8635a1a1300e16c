using Integration.Adapters.Ports;
using Integration.Sandbox;
using Integration.Sandbox.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.ProvincialNetwork;

public sealed class ExchangeKeysTests : NetworkTests
{
    [Fact]
    public async Task One_key_serves_many_calls_of_a_service()
    {
        await CheckAsync();
        await CheckAsync();

        Assert.Equal(1, await CallsAsync("refreshappsecret"));
    }

    [Fact]
    public async Task Each_service_has_its_own_key()
    {
        await CheckAsync();
        await QueryAsync();

        Assert.Equal(2, await CallsAsync("refreshappsecret"));
    }

    [Fact]
    public async Task A_key_is_fetched_anew_sixty_seconds_before_its_end()
    {
        await CheckAsync();
        Sandbox.Clock.Advance(TimeSpan.FromSeconds(539));
        await CheckAsync();
        Assert.Equal(1, await CallsAsync("refreshappsecret"));

        Sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        await CheckAsync();
        Assert.Equal(2, await CallsAsync("refreshappsecret"));
    }

    [Fact]
    public async Task A_hundred_callers_cause_one_refresh()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => CheckAsync()));

        Assert.All(answers, answer => Assert.True(FactsOf(answer).NameMatches));
        Assert.Equal(1, await CallsAsync("refreshappsecret"));
    }

    [Fact]
    public async Task A_hundred_callers_with_a_refused_key_cause_one_refresh_more()
    {
        await CheckAsync();
        // Without a count the fault would also hit the calls under the new key.
        Sandbox.Clock.Advance(TimeSpan.FromSeconds(301));
        await ForgetKeysAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => CheckAsync()));

        Assert.All(answers, answer => Assert.True(FactsOf(answer).NameMatches));
        Assert.Equal(2, await CallsAsync("refreshappsecret"));
    }

    [Fact]
    public async Task Callers_that_wait_for_one_refresh_share_its_end()
    {
        await using var stub = await Http.StubPlatform.StartAsync();
        await using var adapters = Http.AdapterHost.ForNetwork(stub.Address, Http.NetworkCredentials.Stub);
        adapters.Set("business-licence:Limits:Parallel", "200");
        var gate = new TaskCompletionSource();
        stub.RefreshGate = gate.Task;

        var asked = Enumerable
            .Range(0, 100)
            .Select(_ =>
                adapters.Licences.AskAsync(Http.AdapterHost.Enterprise(), adapters.Request(), CancellationToken.None)
            )
            .ToList();
        gate.SetResult();

        Assert.All(
            await Task.WhenAll(asked),
            answer => Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Unknown>(answer)
        );
        Assert.Equal((1, 100), (stub.Refreshes, stub.Calls));
    }

    [Fact]
    public async Task A_refresh_that_hangs_is_a_secret_failure_in_time()
    {
        await using var stub = await Http.StubPlatform.StartAsync();
        await using var adapters = Http.AdapterHost.ForNetwork(stub.Address, Http.NetworkCredentials.Stub);
        var gate = new TaskCompletionSource();
        stub.RefreshGate = gate.Task;

        var answer = await adapters.RunAsync(
            adapters.Licences.AskAsync(Http.AdapterHost.Enterprise(), adapters.Request(), CancellationToken.None),
            TimeSpan.FromSeconds(10)
        );

        Assert.Equal((FailureStage.Secret, 0), (FailureOf(answer).Stage, answer.Trace.Attempts));
        gate.SetResult();
    }

    [Fact]
    public async Task An_agency_that_hangs_does_not_hold_up_another()
    {
        await CheckAsync();
        await QueryAsync();
        await FaultAsync("population-registry", "hang");

        var hanging = CheckAsync();
        Assert.Equal("张三", FactsOf(await QueryAsync()).LegalRepresentative?.Value);

        var answer = await Adapters.RunAsync(hanging, TimeSpan.FromSeconds(10));
        Assert.Equal(FailureStage.TimeOut, FailureOf(answer).Stage);
    }

    [Theory]
    [InlineData("Body", "Ecb", false)]
    [InlineData("Headers", "Ecb", true)]
    [InlineData("Both", "Cbc", false)]
    [InlineData("Body", "Cbc", true)]
    public async Task Every_placement_encryption_and_code_spelling_is_spoken(
        string placement,
        string encryption,
        bool numericCode
    )
    {
        await RestartAsync(settings =>
            settings with
            {
                RefreshPlacement = Enum.Parse<RefreshPlacement>(placement),
                SecretCipher = Enum.Parse<SecretCipher>(encryption),
                NumericCode = numericCode,
            }
        );
        Adapters.Set("exchange-platform:RefreshPlacement", placement);
        Adapters.Set("exchange-platform:Encryption", encryption);

        Assert.True(FactsOf(await CheckAsync()).NameMatches);
    }

    [Fact]
    public async Task Fields_in_the_wrong_place_are_refused_and_no_answer_is_made_up()
    {
        Adapters.Set("exchange-platform:RefreshPlacement", "Headers");

        var failure = FailureOf(await CheckAsync());

        Assert.Equal((FailureStage.Secret, 0), (failure.Stage, (await CheckAsync()).Trace.Attempts));
    }

    [Fact]
    public async Task A_wrong_application_key_is_a_secret_failure()
    {
        Adapters.SetSecret("exchange-platform:ApplicationKey", "ffffffffffffffffffffffffffffffff");

        Assert.Equal(FailureStage.Secret, FailureOf(await CheckAsync()).Stage);
    }

    [Fact]
    public async Task A_service_we_may_not_call_is_a_refusal()
    {
        Adapters.Set("population-registry:CheckService", "s_somebody_elses");

        var refused = Assert.IsType<AgencyAnswer<IdentityFacts>.Refused>(await CheckAsync());

        Assert.Equal((FailureStage.Authorisation, "code-E-106"), (refused.Failure.Stage, refused.Failure.Code));
    }

    [Fact]
    public async Task A_clock_that_is_off_is_refused_by_the_platform()
    {
        using var skewed = Sandbox.Http;
        await using var late = Http.AdapterHost.ForNetwork(
            new Uri(Sandbox.Http.BaseAddress!, "/exchange"),
            Http.NetworkCredentials.Of(Sandbox.Credentials),
            new FakeTimeProvider(Sandbox.Clock.GetUtcNow() + TimeSpan.FromMinutes(6))
        );

        var answer = await late.Identity.AskAsync(Http.AdapterHost.Person(), late.Request(), CancellationToken.None);

        Assert.Equal(FailureStage.Secret, FailureOf(answer).Stage);
    }

    [Fact]
    public async Task A_platform_that_is_down_is_a_secret_failure_and_recovers()
    {
        await FaultAsync("exchange-platform", "http500");
        Assert.Equal(FailureStage.Secret, FailureOf(await CheckAsync()).Stage);

        await FaultAsync("exchange-platform", "none");
        Assert.True(FactsOf(await CheckAsync()).NameMatches);
    }

    private async Task ForgetKeysAsync()
    {
        await FaultAsync("population-registry", "expireSecret");
        await FaultAsync("population-registry", "none");
    }
}
