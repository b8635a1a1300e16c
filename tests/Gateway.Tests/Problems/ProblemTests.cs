using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Integration.Contracts;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integration.Gateway.Tests.Problems;

public class ProblemTests
{
    private const string Secret = "张三 421022197001010112";

    [Fact]
    public async Task An_unknown_address_is_not_found()
    {
        await using var host = await ServiceHost.StartHttpAsync();
        var problem = await ProblemAsync(await host.Client.GetAsync("/v1/nothing"), HttpStatusCode.NotFound);
        Assert.Equal(
            (ProblemCodes.NotFound, "caller", RetryAdvice.Never),
            (problem.Code, problem.Party, problem.Retry)
        );
        Assert.Equal("urn:integration:problem:not-found", problem.Type);
    }

    [Fact]
    public async Task A_wrong_method_is_answered_with_the_right_ones()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var answer = await host.Client.GetAsync("/withdraw");
        var problem = await ProblemAsync(answer, HttpStatusCode.MethodNotAllowed);
        Assert.Equal(ProblemCodes.MethodNotAllowed, problem.Code);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task An_exception_becomes_a_problem_without_its_text()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var answer = await host.Client.GetAsync("/throws");
        var body = await answer.Content.ReadAsStringAsync();
        var problem = await ProblemAsync(answer, HttpStatusCode.InternalServerError);
        Assert.Equal(
            (ProblemCodes.InternalError, "gateway", RetryAdvice.Unsafe),
            (problem.Code, problem.Party, problem.Retry)
        );
        Assert.DoesNotContain("张三", body, StringComparison.Ordinal);

        var entry = Assert.Single(host.Logs.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Equal(1000, entry.Event);
        Assert.Null(entry.Exception);
        Assert.Contains("System.InvalidOperationException at ", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("张三", host.Logs.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_after_the_answer_has_begun_cuts_the_connection()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Client.GetStringAsync("/throws-late"));
        Assert.Contains(host.Logs.Entries, entry => entry.Event == 1000);
    }

    [Fact]
    public async Task A_caller_that_goes_away_is_nobodys_error()
    {
        var entered = new TaskCompletionSource();
        await using var host = await ServiceHost.StartHttpAsync(app =>
            app.MapGet(
                "/slow",
                async (HttpContext context) =>
                {
                    entered.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                }
            )
        );
        using var patience = new CancellationTokenSource();
        var call = host.Client.GetAsync("/slow", patience.Token);
        await entered.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.App.StopAsync();
        Assert.Contains(host.Logs.Entries, entry => entry.Event == 1001);
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("/status/401", "unauthenticated")]
    [InlineData("/status/403", "not-granted")]
    [InlineData("/status/415", "unsupported-media-type")]
    [InlineData("/status/429", "too-many-requests")]
    [InlineData("/status/503", "unavailable")]
    [InlineData("/status/502", "internal-error")]
    [InlineData("/status/400", "request-invalid")]
    public async Task A_bare_status_of_the_framework_gets_a_body(string address, string code)
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var answer = await host.Client.GetAsync(address);
        Assert.Equal(code, (await ReadAsync(answer)).Code);
    }

    [Fact]
    public async Task A_401_says_how_to_prove_who_one_is()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var answer = await host.Client.GetAsync("/status/401");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task What_may_be_sent_again_says_when()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var answer = await host.Client.GetAsync("/status/503");
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task The_trace_id_is_the_callers_own()
    {
        await using var host = await ServiceHost.StartHttpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", (await ReadAsync(answer)).TraceId);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("Application/JSON ; CHARSET=Utf-8")]
    [InlineData("application/json;charset=utf8")]
    [InlineData("application/json;")]
    public async Task JSON_in_UTF8_is_read(string contentType)
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var answer = await PostAsync(host, """{"reason":"改期"}"""u8.ToArray(), contentType);
        Assert.Equal("改期", await answer.Content.ReadFromJsonAsync<string>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=gbk")]
    [InlineData("application/json; version=1")]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/json; charset=us-ascii")]
    [InlineData("application/json; charset=utf-8; charset=gbk")]
    [InlineData("application/json; charset=")]
    public async Task Any_other_content_type_is_415(string? contentType)
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var answer = await PostAsync(host, "{}"u8.ToArray(), contentType);
        var problem = await ProblemAsync(answer, HttpStatusCode.UnsupportedMediaType);
        Assert.Equal(ProblemCodes.UnsupportedMediaType, problem.Code);
        Assert.Contains("Send application/json in UTF-8", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_is_a_compressed_body()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var answer = await host.Client.PostAsync("/withdraw", content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_413_announced_or_not(bool chunked)
    {
        await using var host = await ServiceHost.StartHttpAsync(Map, add: null, ("Gateway:Http:MaxBodyBytes", "2048"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/withdraw");
        request.Headers.TransferEncodingChunked = chunked;
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"reason":"{{new string('x', 4000)}}"}"""));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await host.Client.SendAsync(request);
        var problem = await ProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal((ProblemCodes.BodyTooLarge, "caller"), (problem.Code, problem.Party));
    }

    [Theory]
    [InlineData("ZZ\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2;a\n{}\r\n0\r\n\r\n")]
    [InlineData("-2\r\n{}\r\n0\r\n\r\n")]
    public async Task A_broken_chunk_is_the_callers_400(string body)
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        var answer = await host.RawAsync(
            $"POST /withdraw HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body}"
        );
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task All_faults_of_a_body_arrive_with_the_problem()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var answer = await PostAsync(host, """{"reason":7,"why":1}"""u8.ToArray(), "application/json");
        var problem = await ProblemAsync(answer, HttpStatusCode.BadRequest);
        Assert.Equal(["/reason", "/why"], problem.Errors!.Select(fault => fault.Pointer));
    }

    [Fact]
    public async Task HEAD_gets_the_head_of_the_problem_only()
    {
        await using var host = await ServiceHost.StartHttpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/nothing");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(ProblemResult.MediaType, answer.Content.Headers.ContentType!.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    private static void Map(WebApplication app)
    {
        app.MapPost(
            "/withdraw",
            async (HttpRequest request) =>
                (
                    await StrictJson.ReadAsync<WithdrawRequest, WithdrawRequest>(
                        request,
                        ApiJson.For<WithdrawRequest>(),
                        (value, _) => value
                    )
                ).Match(body => TypedResults.Ok(body.Value.Reason))
        );
        app.MapGet("/status/{status:int}", (int status) => TypedResults.StatusCode(status));
        app.MapGet("/throws", string () => throw new InvalidOperationException(Secret));
        app.MapGet(
            "/throws-late",
            async (HttpContext context) =>
            {
                await context.Response.WriteAsync("half");
                await context.Response.Body.FlushAsync();
                throw new InvalidOperationException(Secret);
            }
        );
    }

    private static async Task<HttpResponseMessage> PostAsync(ServiceHost host, byte[] body, string? contentType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await host.Client.PostAsync("/withdraw", content);
    }

    private static async Task<Problem> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        return await ReadAsync(answer);
    }

    private static async Task<Problem> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal(ProblemResult.MediaType, answer.Content.Headers.ContentType!.MediaType);
        var problem = (await answer.Content.ReadFromJsonAsync<Problem>(IntegrationJson.Options))!;
        Assert.Equal((int)answer.StatusCode, problem.Status);
        Assert.Matches("^[0-9a-f]{32}$", problem.TraceId);
        return problem;
    }
}
