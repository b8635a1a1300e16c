using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Integration.Sandbox.Control;
using Integration.Sandbox.Door;
using static Integration.Adapters.Tests.Sandbox.HandmadeCaller;

namespace Integration.Adapters.Tests.Sandbox;

public sealed class FaultSwitchboardTests : IAsyncLifetime
{
    private const string Query = "s_enterprise_query";
    private RunningSandbox _sandbox = null!;
    private HandmadeCaller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _caller = new HandmadeCaller(_sandbox);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("exchange-platform", "refuse", "E-106")]
    [InlineData("exchange-platform", "wrongSignature", "E-103")]
    [InlineData("business-licence", "refuse", "2001")]
    [InlineData("business-licence", "wrongSignature", "E-103")]
    public async Task A_refusal_is_the_agencys_own(string agency, string fault, string code)
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync(agency, fault);
        Assert.Equal(code, await CodeAsync(secret));
    }

    [Fact]
    public async Task A_counted_fault_goes_off_after_its_last_call()
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync("business-licence", "http500", count: 2);

        Assert.Equal(HttpStatusCode.InternalServerError, (await AskAsync(secret)).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await AskAsync(secret)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(secret)).StatusCode);
    }

    [Fact]
    public async Task A_timed_fault_goes_off_after_its_time()
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync("business-licence", "http500", seconds: 30);

        Assert.Equal(HttpStatusCode.InternalServerError, (await AskAsync(secret)).StatusCode);
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(secret)).StatusCode);
    }

    [Theory]
    [InlineData("/sandbox/reset", "")]
    [InlineData("/sandbox/faults", """{"agency":"business-licence","fault":"none"}""")]
    public async Task None_and_reset_clear_a_fault(string path, string body)
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync("business-licence", "http500");
        await _caller.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(secret)).StatusCode);
    }

    [Fact]
    public async Task A_fault_of_one_provider_leaves_the_others_alone()
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync("population-registry", "http500");
        Assert.Equal("2000", await CodeAsync(secret));
    }

    [Fact]
    public async Task An_expired_secret_is_refused_once_and_a_new_one_works()
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync("exchange-platform", "expireSecret");

        Assert.Equal("E-103", await CodeAsync(secret));
        var next = await _caller.CallSecretAsync(Query);
        Assert.NotEqual(secret, next);
        Assert.Equal("2000", await CodeAsync(next));
    }

    [Fact]
    public async Task A_delayed_answer_is_right_and_late()
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync("business-licence", "delay", seconds: 0.2);

        var watch = Stopwatch.StartNew();
        Assert.Equal("2000", await CodeAsync(secret));
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task A_hanging_call_ends_when_the_caller_gives_up()
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync("business-licence", "hang");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(secret, patience.Token));
    }

    [Fact]
    public void A_hanging_call_breaks_when_the_fault_is_cleared()
    {
        var faults = new FaultSwitchboard(_sandbox.Clock);
        faults.Set(new FaultOrder("electricity", FaultKind.Hang, Seconds: null, Count: null));
        var taken = faults.Take("electricity", new Operation("precheck"))!;

        faults.Set(new FaultOrder("electricity", FaultKind.None, Seconds: null, Count: null));

        Assert.True(taken.Cleared.IsCancellationRequested);
        Assert.Null(faults.Take("electricity", new Operation("precheck")));
    }

    [Fact]
    public void A_fault_of_one_operation_leaves_the_others_alone()
    {
        var faults = new FaultSwitchboard(_sandbox.Clock);
        faults.Set(new FaultOrder("electricity", FaultKind.Http500, Seconds: null, Count: 1, "attach"));

        Assert.Null(faults.Take("electricity", new Operation("order")));
        Assert.NotNull(faults.Take("electricity", new Operation("attach")));
        Assert.Null(faults.Take("electricity", new Operation("attach")));
    }

    [Fact]
    public async Task A_reset_breaks_the_connection()
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync("business-licence", "reset");
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(secret));
    }

    [Fact]
    public async Task Malformed_answers_take_four_shapes_and_none_can_be_read()
    {
        var secret = await _caller.CallSecretAsync(Query);
        await SwitchAsync("business-licence", "malformed");

        Assert.StartsWith("<!DOCTYPE html>", await TextAsync());
        var cut = await TextAsync();
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(cut));
        var gbk = await (await AskAsync(secret)).Content.ReadAsByteArrayAsync();
        Assert.Throws<DecoderFallbackException>(() =>
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(gbk)
        );
        Assert.Equal("null", await TextAsync());

        async Task<string> TextAsync() => await (await AskAsync(secret)).Content.ReadAsStringAsync();
    }

    [Theory]
    [InlineData("network")]
    [InlineData("timestamp-authority")]
    public async Task Agencies_without_a_server_have_a_switch(string agency) => await SwitchAsync(agency, "outOfOrder");

    [Theory]
    [InlineData("""{"agency":"nobody","fault":"hang"}""", "exchange-platform")]
    [InlineData("""{"agency":"water","fault":"explode"}""", "duplicateStatus")]
    [InlineData("""{"agency":"water","fault":"hang","secs":1}""", "Unknown member")]
    [InlineData("""{"agency":"water","fault":"hang","count":0}""", "count must be")]
    [InlineData("[]", "one JSON object")]
    public async Task A_wrong_order_is_a_problem_that_lists_what_is_allowed(string body, string part)
    {
        var answer = await _caller.PostAsync("/sandbox/faults", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(part, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Calls_are_listed_at_the_platform_and_at_the_provider_without_personal_data()
    {
        var secret = await _caller.CallSecretAsync(Query);
        await AskAsync(secret);

        var text = await _sandbox.Http.GetStringAsync("/sandbox/calls");
        using var calls = JsonDocument.Parse(text);
        Assert.Equal(
            [
                "exchange-platform/refreshappsecret/issued",
                "business-licence/query/answered",
                "exchange-platform/httpproxy/answered",
            ],
            calls
                .RootElement.EnumerateArray()
                .Select(call => $"{Part(call, "agency")}/{Part(call, "operation")}/{Part(call, "outcome")}")
        );
        Assert.DoesNotContain("91421022MA49T0000B", text);

        static string? Part(JsonElement call, string name) => call.GetProperty(name).GetString();
    }

    [Fact]
    public void The_call_list_is_bounded()
    {
        var list = new CallList();
        for (var i = 0; i < CallList.Capacity + 5; i++)
        {
            list.Add(
                new(
                    "electricity",
                    $"{i}",
                    default,
                    "answered",
                    Effective: false,
                    IdempotencyKey: null,
                    Correlation: null
                )
            );
        }

        var kept = list.Snapshot();
        Assert.Equal(CallList.Capacity, kept.Count);
        Assert.Equal("5", kept[0].Operation);
    }

    private async Task SwitchAsync(string agency, string fault, double? seconds = null, int? count = null)
    {
        var answer = await _caller.PostAsync(
            "/sandbox/faults",
            JsonSerializer.Serialize(
                new
                {
                    agency,
                    fault,
                    seconds,
                    count,
                }
            )
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<HttpResponseMessage> AskAsync(string secret, CancellationToken cancellationToken = default) =>
        _caller.RestAsync(
            _caller.ExchangeFields(Query, secret),
            JsonOf(
                ("entname", "公安县示例商贸有限公司"),
                ("uniscid", "91421022MA49T0000B"),
                ("authcode", _sandbox.Credentials.BusinessLicenceAuthCode)
            ),
            cancellationToken: cancellationToken
        );

    private async Task<string?> CodeAsync(string secret) =>
        (await JsonAsync(await AskAsync(secret))).GetProperty("code").GetString();
}
