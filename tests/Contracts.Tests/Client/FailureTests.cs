using System.Net;
using System.Net.Sockets;
using Integration.Contracts.Client;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Verifications;
using Microsoft.AspNetCore.Http;

namespace Integration.Contracts.Tests.Client;

public class FailureTests
{
    [Fact]
    public async Task A_problem_arrives_typed_with_all_its_faults()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
        {
            context.Response.Headers.RetryAfter = "5";
            return GatewayStub.JsonAsync(context, 400, Answers.Problem, "application/problem+json");
        };

        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(() => VerifyAsync(gateway));

        Assert.Equal(ProblemCodes.RequestInvalid, refused.Problem.Code);
        Assert.Equal(RetryAdvice.Never, refused.Retry);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.RetryAfter);
        Assert.Equal(new FieldFault("/person/idNumber", "checksum", "Wrong."), Assert.Single(refused.Problem.Errors!));
    }

    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("600", 600, 600)]
    [InlineData("99999999999999999999", 86_400, 86_400)]
    [InlineData("-1", 0, 0)]
    [InlineData("Mon, 23 Nov 2020 01:00:00 GMT", 0, 0)]
    [InlineData("Mon, 23 Nov 2099 01:00:00 GMT", 86_400, 86_400)]
    public async Task The_pause_that_is_asked_for_arrives_however_it_is_written(string text, int least, int most)
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
        {
            context.Response.Headers.RetryAfter = text;
            return GatewayStub.JsonAsync(context, 503, Answers.Problem, "application/problem+json");
        };

        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(() => VerifyAsync(gateway));

        Assert.InRange(refused.RetryAfter!.Value.TotalSeconds, least, most);
    }

    [Fact]
    public async Task A_pause_that_cannot_be_read_was_not_said()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
        {
            context.Response.Headers.RetryAfter = "soon";
            return GatewayStub.JsonAsync(context, 503, Answers.Problem, "application/problem+json");
        };

        Assert.Null((await Assert.ThrowsAsync<IntegrationProblemException>(() => VerifyAsync(gateway))).RetryAfter);
    }

    [Theory]
    [InlineData(502, "text/html", "<html>Bad Gateway</html>")]
    [InlineData(500, "application/problem+json", "{}")]
    [InlineData(500, "application/problem+json", "{ \"type\":")]
    [InlineData(500, "application/problem+json", "null")]
    [InlineData(200, "application/json", "{ \"verificationId\":\"vrf_1\" }")]
    [InlineData(200, "application/json", "<html>")]
    [InlineData(200, "text/html", "<html>")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "")]
    [InlineData(204, "application/json", "")]
    public async Task An_answer_that_is_not_the_gateways_is_a_bad_response(int status, string type, string body)
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
            status == 204
                ? Task.FromResult(context.Response.StatusCode = 204)
                : GatewayStub.JsonAsync(context, status, body, type);

        var bad = await Assert.ThrowsAsync<IntegrationBadResponseException>(() => VerifyAsync(gateway));

        Assert.Equal((HttpStatusCode)status, bad.Status);
        Assert.Equal(RetryAdvice.Unsafe, bad.Retry);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_answer_is_no_response()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var nothing = await Assert.ThrowsAsync<IntegrationNoResponseException>(() => VerifyAsync(gateway));

        Assert.Equal(RetryAdvice.Unsafe, nothing.Retry);
    }

    [Fact]
    public async Task A_connection_that_breaks_inside_the_answer_is_no_response()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{ \"verificationId\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };

        await Assert.ThrowsAsync<IntegrationNoResponseException>(() => VerifyAsync(gateway));
    }

    [Fact]
    public async Task No_answer_in_time_is_no_response()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context => Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);

        await Assert.ThrowsAsync<IntegrationNoResponseException>(() =>
            VerifyAsync(gateway, options => options.Timeout = TimeSpan.FromSeconds(1))
        );
    }

    [Fact]
    public async Task Nobody_listening_is_told_as_such_and_the_request_never_left()
    {
        await using var gateway = await GatewayStub.StartAsync();
        using var reserved = new TcpListener(IPAddress.Loopback, 0);
        reserved.Start();
        var port = ((IPEndPoint)reserved.LocalEndpoint).Port;
        reserved.Stop();

        var failure = await Assert.ThrowsAsync<IntegrationTokenException>(() =>
            VerifyAsync(gateway, options => options.BaseAddress = new Uri($"http://127.0.0.1:{port}"))
        );

        Assert.Equal(("no-response", RetryAdvice.Safe), (failure.Error, failure.Retry));
    }

    [Fact]
    public async Task Who_stops_waiting_gets_a_cancellation()
    {
        await using var gateway = await GatewayStub.StartAsync();
        using var impatience = new CancellationTokenSource();
        gateway.OnCall = async context =>
        {
            await impatience.CancelAsync();
            await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            gateway.Client().VerifyAsync(new VerificationRequest(), cancellationToken: impatience.Token)
        );
    }

    [Fact]
    public async Task No_failure_shows_the_person_the_secret_or_the_token()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context => GatewayStub.JsonAsync(context, 502, "<p>张三 421022197001010112</p>", "text/html");
        var request = new VerificationRequest
        {
            Person = new PersonInput { Name = "张三", IdNumber = "421022197001010112" },
        };

        var failure = await Assert.ThrowsAsync<IntegrationBadResponseException>(() =>
            gateway.Client().VerifyAsync(request)
        );

        Assert.DoesNotContain("张三", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("421022197001010112", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    private static Task<VerificationResponse> VerifyAsync(
        GatewayStub gateway,
        Action<IntegrationApiOptions>? change = null
    ) => gateway.Client(change).VerifyAsync(new VerificationRequest(), "key-1");
}
