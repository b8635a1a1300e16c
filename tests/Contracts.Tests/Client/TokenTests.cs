using System.Text;
using Integration.Contracts.Client;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts.Tests.Client;

public class TokenTests
{
    [Fact]
    public async Task The_token_is_asked_for_with_client_credentials()
    {
        await using var gateway = await GatewayStub.StartAsync();

        await gateway.Client().GetVerificationAsync("vrf_1");

        var request = Assert.Single(gateway.TokenRequests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("grant_type=client_credentials", request.Body);
        var credentials = Encoding.UTF8.GetString(
            Convert.FromBase64String(request.Headers["Authorization"]["Basic ".Length..])
        );
        Assert.Equal("hall:s3cret%3A%2F%2B%C3%A4", credentials);
    }

    [Fact]
    public async Task One_token_serves_until_shortly_before_its_end()
    {
        await using var gateway = await GatewayStub.StartAsync();
        var client = gateway.Client();

        await client.GetVerificationAsync("vrf_1");
        gateway.Time.Advance(TimeSpan.FromSeconds(569));
        await client.GetVerificationAsync("vrf_1");
        Assert.Single(gateway.TokenRequests);

        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await client.GetVerificationAsync("vrf_1");

        Assert.Equal(2, gateway.TokenRequests.Count());
        Assert.Equal("Bearer token-2", gateway.ApiRequests.Last().Headers["Authorization"]);
    }

    [Fact]
    public async Task A_short_token_is_used_for_half_its_life()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnToken = (context, number) =>
            GatewayStub.JsonAsync(
                context,
                200,
                $"{{\"access_token\":\"t{number}\",\"token_type\":\"Bearer\",\"expires_in\":10}}"
            );
        var client = gateway.Client();

        await client.GetVerificationAsync("vrf_1");
        gateway.Time.Advance(TimeSpan.FromSeconds(4));
        await client.GetVerificationAsync("vrf_1");
        Assert.Single(gateway.TokenRequests);

        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await client.GetVerificationAsync("vrf_1");
        Assert.Equal(2, gateway.TokenRequests.Count());
    }

    [Fact]
    public async Task Many_requests_at_once_fetch_one_token()
    {
        await using var gateway = await GatewayStub.StartAsync();
        var release = new TaskCompletionSource();
        var answer = gateway.OnToken;
        gateway.OnToken = async (context, number) =>
        {
            await release.Task;
            await answer(context, number);
        };
        var client = gateway.Client();

        var calls = Enumerable.Range(0, 20).Select(_ => client.GetVerificationAsync("vrf_1")).ToArray();
        release.SetResult();
        await Task.WhenAll(calls);

        Assert.Single(gateway.TokenRequests);
        Assert.Equal(20, gateway.ApiRequests.Count());
    }

    [Fact]
    public async Task One_who_stops_waiting_does_not_stop_the_fetch_of_the_others()
    {
        await using var gateway = await GatewayStub.StartAsync();
        using var impatience = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        var answer = gateway.OnToken;
        gateway.OnToken = async (context, number) =>
        {
            await impatience.CancelAsync();
            await release.Task;
            await answer(context, number);
        };
        var client = gateway.Client();

        var first = client.GetVerificationAsync("vrf_1", impatience.Token);
        var second = client.GetVerificationAsync("vrf_1");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();
        await second;

        Assert.Single(gateway.TokenRequests);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once_and_the_same_request_sent_again()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
            context.Request.Headers.Authorization == "Bearer token-1"
                ? GatewayStub.JsonAsync(context, 401, Answers.Problem, "application/problem+json")
                : GatewayStub.JsonAsync(context, 200, Answers.Verification);

        await gateway.Client().VerifyAsync(new VerificationRequest { CaseId = "HALL-1" }, "key-1");

        Assert.Equal(2, gateway.TokenRequests.Count());
        Assert.Equal(["key-1", "key-1"], gateway.ApiRequests.Select(request => request.Headers["Idempotency-Key"]));
        Assert.Single(gateway.ApiRequests.Select(request => request.Body).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_second_401_is_the_callers_to_see()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
            GatewayStub.JsonAsync(
                context,
                401,
                Answers.Problem.Replace("request-invalid", "unauthenticated", StringComparison.Ordinal),
                "application/problem+json"
            );

        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
            gateway.Client().GetVerificationAsync("vrf_1")
        );

        Assert.Equal(ProblemCodes.Unauthenticated, refused.Problem.Code);
        Assert.Equal(2, gateway.ApiRequests.Count());
    }

    [Theory]
    [InlineData(401, "{\"error\":\"invalid_client\"}", "invalid_client", RetryAdvice.Never)]
    [InlineData(400, "{}", "http-400", RetryAdvice.Never)]
    [InlineData(503, "{}", "http-503", RetryAdvice.Safe)]
    [InlineData(502, "<html>", "bad-response", RetryAdvice.Safe)]
    [InlineData(200, "{\"token_type\":\"Bearer\",\"expires_in\":600}", "bad-response", RetryAdvice.Safe)]
    [InlineData(200, "{\"access_token\":\"t\",\"expires_in\":0}", "bad-response", RetryAdvice.Safe)]
    [InlineData(200, "null", "bad-response", RetryAdvice.Safe)]
    public async Task No_token_means_that_the_request_is_not_sent(
        int status,
        string body,
        string error,
        RetryAdvice retry
    )
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnToken = (context, _) => GatewayStub.JsonAsync(context, status, body);

        var failure = await Assert.ThrowsAsync<IntegrationTokenException>(() =>
            gateway.Client().GetVerificationAsync("vrf_1")
        );

        Assert.Equal((error, retry), (failure.Error, failure.Retry));
        Assert.Empty(gateway.ApiRequests);
    }

    [Fact]
    public async Task A_failed_fetch_is_not_kept()
    {
        await using var gateway = await GatewayStub.StartAsync();
        var answer = gateway.OnToken;
        gateway.OnToken = (context, number) =>
            number == 1 ? GatewayStub.JsonAsync(context, 503, "{}") : answer(context, number);
        var client = gateway.Client();

        await Assert.ThrowsAsync<IntegrationTokenException>(() => client.GetVerificationAsync("vrf_1"));

        Assert.Equal("vrf_1", (await client.GetVerificationAsync("vrf_1")).VerificationId);
    }
}
