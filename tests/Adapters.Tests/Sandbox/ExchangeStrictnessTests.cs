using System.Net;
using static Integration.Adapters.Tests.Sandbox.HandmadeCaller;

namespace Integration.Adapters.Tests.Sandbox;

public sealed class ExchangeStrictnessTests : IAsyncLifetime
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

    [Fact]
    public async Task A_signed_refresh_gets_a_secret_and_its_end()
    {
        var answer = await JsonAsync(
            await _caller.RefreshAsync(_caller.ExchangeFields(Query, _sandbox.Credentials.ExchangeAppKey))
        );

        Assert.Equal("0", answer.GetProperty("code").GetString());
        var end = long.Parse(answer.GetProperty("data").GetProperty("secretEndTime").GetString()!);
        Assert.Equal((_sandbox.Clock.GetUtcNow() + TimeSpan.FromMinutes(10)).ToUnixTimeMilliseconds(), end);
        Assert.Matches("^[0-9a-f]{32}$", await _caller.CallSecretAsync(Query));
    }

    [Fact]
    public async Task A_refresh_under_a_wrong_key_is_refused_with_data_as_text() =>
        await RefusedAsync("-1", await _caller.RefreshAsync(_caller.ExchangeFields(Query, "wrong")));

    [Fact]
    public async Task A_refresh_with_a_missing_field_is_refused() =>
        await RefusedAsync(
            "-1",
            await _caller.RefreshAsync(_caller.ExchangeFields(Query, _sandbox.Credentials.ExchangeAppKey)[..3])
        );

    [Fact]
    public async Task A_refresh_for_an_unknown_service_is_refused() =>
        await RefusedAsync(
            "E-106",
            await _caller.RefreshAsync(_caller.ExchangeFields("s_unknown", _sandbox.Credentials.ExchangeAppKey))
        );

    [Fact]
    public async Task A_refresh_by_an_unknown_requester_is_refused()
    {
        var stranger = new HandmadeCaller(_sandbox) { Rid = "somebody" };
        await RefusedAsync(
            "-1",
            await stranger.RefreshAsync(stranger.ExchangeFields(Query, _sandbox.Credentials.ExchangeAppKey))
        );
    }

    [Fact]
    public async Task A_refresh_as_a_form_is_refused()
    {
        var answer = await _caller.PostAsync(
            "/exchange/sysapi/auth/refreshappsecret",
            JsonOf(_caller.ExchangeFields(Query, _sandbox.Credentials.ExchangeAppKey)),
            "application/x-www-form-urlencoded"
        );
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task A_time_stamp_off_by_more_than_five_minutes_is_refused(int seconds)
    {
        var secret = await _caller.CallSecretAsync(Query);
        var late = new HandmadeCaller(_sandbox) { Skew = TimeSpan.FromSeconds(seconds) };
        await RefusedAsync("-1", await late.RestAsync(late.ExchangeFields(Query, secret), Enterprise()));
    }

    [Fact]
    public async Task A_time_stamp_off_by_less_is_accepted()
    {
        var secret = await _caller.CallSecretAsync(Query);
        var late = new HandmadeCaller(_sandbox) { Skew = TimeSpan.FromSeconds(-299) };
        await RefusedAsync("2000", await late.RestAsync(late.ExchangeFields(Query, secret), Enterprise()));
    }

    [Fact]
    public async Task A_call_under_a_wrong_secret_is_refused()
    {
        await _caller.CallSecretAsync(Query);
        await RefusedAsync("E-103", await _caller.RestAsync(_caller.ExchangeFields(Query, "wrong"), Enterprise()));
    }

    [Fact]
    public async Task A_call_under_another_services_secret_is_refused()
    {
        await _caller.CallSecretAsync(Query);
        var other = await _caller.CallSecretAsync("s_enterprise_verify");
        await RefusedAsync("E-103", await _caller.RestAsync(_caller.ExchangeFields(Query, other), Enterprise()));
    }

    [Fact]
    public async Task A_call_under_a_secret_past_its_end_is_refused()
    {
        var secret = await _caller.CallSecretAsync(Query);
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(10));
        await RefusedAsync("E-103", await _caller.RestAsync(_caller.ExchangeFields(Query, secret), Enterprise()));
    }

    [Fact]
    public async Task A_secret_is_replaced_in_the_second_half_of_its_life_and_the_former_one_works_until_its_end()
    {
        var first = await _caller.CallSecretAsync(Query);
        Assert.Equal(first, await _caller.CallSecretAsync(Query));

        _sandbox.Clock.Advance(TimeSpan.FromMinutes(9));
        var second = await _caller.CallSecretAsync(Query);

        Assert.NotEqual(first, second);
        await RefusedAsync("2000", await _caller.RestAsync(_caller.ExchangeFields(Query, first), Enterprise()));
        await RefusedAsync("2000", await _caller.RestAsync(_caller.ExchangeFields(Query, second), Enterprise()));
    }

    [Fact]
    public async Task A_call_to_a_service_that_is_not_listed_is_refused() =>
        await RefusedAsync("E-106", await _caller.RestAsync(_caller.ExchangeFields("s_unknown", "any"), Enterprise()));

    [Fact]
    public async Task A_soap_service_cannot_be_called_through_httpproxy()
    {
        var secret = await _caller.CallSecretAsync("s_population_check");
        await RefusedAsync(
            "E-106",
            await _caller.RestAsync(_caller.ExchangeFields("s_population_check", secret), Enterprise())
        );
    }

    [Fact]
    public async Task A_header_sent_twice_is_refused()
    {
        var fields = _caller.ExchangeFields(Query, await _caller.CallSecretAsync(Query));
        await RefusedAsync("-1", await _caller.RestAsync([.. fields, fields[0]], Enterprise()));
    }

    private string Enterprise() =>
        JsonOf(
            ("entname", "公安县示例商贸有限公司"),
            ("uniscid", "91421022MA49T0000B"),
            ("authcode", _sandbox.Credentials.BusinessLicenceAuthCode)
        );

    private static async Task RefusedAsync(string code, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var envelope = await JsonAsync(answer);
        Assert.Equal(code, envelope.GetProperty("code").GetString());
        if (code != "2000")
        {
            Assert.Equal(string.Empty, envelope.GetProperty("data").GetString());
        }
    }
}
