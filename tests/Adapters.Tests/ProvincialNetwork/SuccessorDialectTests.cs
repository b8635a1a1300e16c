using System.Text;
using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Adapters.ProvincialNetwork;
using Integration.Adapters.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests.ProvincialNetwork;

/// <summary>The successor platform (<c>gjzwfwpt</c>) is the same code under another configuration.</summary>
public sealed class SuccessorDialectTests : IAsyncLifetime
{
    private const string Row =
        """{"code":"2000","data":[{"uniscid":"91421022MA49T0000B","entname":"甲公司","regstateCn":"存续"}]}""";

    private StubPlatform _stub = null!;
    private AdapterHost _adapters = null!;

    public async ValueTask InitializeAsync()
    {
        _stub = await StubPlatform.StartAsync();
        _adapters = AdapterHost.ForNetwork(_stub.Address, NetworkCredentials.Stub);
        _adapters.Set("exchange-platform:Prefix", "gjzwfwpt");
        _adapters.Set("exchange-platform:Envelope", "Successor");
        _adapters.Set("exchange-platform:RestPath", "sysapi/enterprise");
        _adapters.Set("exchange-platform:ForwardedFor", "10.1.2.3");
    }

    public async ValueTask DisposeAsync()
    {
        await _adapters.DisposeAsync();
        await _stub.DisposeAsync();
    }

    [Fact]
    public async Task The_providers_body_is_taken_out_of_the_envelope()
    {
        _stub.Service = (http, _) => AnswerAsync(http, $$"""{"code":"200","message":"","data":{{Row}}}""");

        Assert.Equal(
            "甲公司",
            Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Found>(await QueryAsync()).Facts.Name?.Value
        );
    }

    [Fact]
    public async Task A_providers_body_that_comes_as_text_is_read_too()
    {
        _stub.Service = (http, _) =>
            AnswerAsync(http, $$"""{"code":200,"message":"","data":"{{JsonEncodedText.Encode(Row)}}"}""");

        Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Found>(await QueryAsync());
    }

    [Fact]
    public async Task A_failed_call_is_the_envelopes_failure_with_the_code_of_the_message()
    {
        _stub.Service = (http, _) => AnswerAsync(http, """{"code":"300","message":"api-101 接口调用失败","data":""}""");

        Assert.Equal(
            new AgencyFailure(FailureStage.Envelope, FailureSide.Agency, "code-api-101"),
            Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Unanswered>(await QueryAsync()).Failure
        );
    }

    [Fact]
    public async Task A_bare_body_without_the_envelope_is_no_answer()
    {
        _stub.Service = (http, _) => AnswerAsync(http, Row);

        Assert.Equal(
            FailureStage.Envelope,
            Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Unanswered>(await QueryAsync()).Failure.Stage
        );
    }

    [Fact]
    public async Task Keys_of_a_forwarded_request_are_in_lower_case_and_its_reserved_fields_in_none()
    {
        var forwarding = _adapters.Services.GetRequiredService<IAgencyForwarding>();
        var service = forwarding.Open("business-licence", "exchange-rest", "s_any")!;
        Assert.Equal("/sysapi/enterprise", forwarding.Agencies[0].Dialects[0].Path);

        var (failure, sent) = await SignAsync(service, """{"EntName":"A","Deep":[{"UNISCID":"B"}]}""");
        Assert.Null(failure);
        Assert.Equal("""{"entname":"A","deep":[{"uniscid":"B"}],"authcode":"authorisation"}""", sent);

        (failure, sent) = await SignAsync(service, """{"AUTHCODE":"mine"}""");
        Assert.Equal(new AgencyFailure(FailureStage.Question, FailureSide.Gateway, "reserved-field"), failure);
        Assert.Null(sent);
    }

    [Fact]
    public async Task The_four_fields_carry_the_prefix_and_the_path_is_the_configured_one()
    {
        HeaderDictionary? headers = null;
        string? path = null;
        _stub.Service = (http, _) =>
        {
            (headers, path) = (
                new(http.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)),
                http.Request.Path.Value
            );
            return AnswerAsync(http, $$"""{"code":"200","message":"","data":{{Row}}}""");
        };

        await QueryAsync();

        var fields = ExchangeFields.Sign(
            "TEST-RID-0001@app",
            "s_enterprise_query",
            _adapters
                .Clock.GetUtcNow()
                .ToUnixTimeMilliseconds()
                .ToString(System.Globalization.CultureInfo.InvariantCulture),
            "secret-1"
        );
        Assert.Equal("/sysapi/enterprise", path);
        Assert.Equal("TEST-RID-0001@app", headers!["gjzwfwpt_rid"].Single());
        Assert.Equal("s_enterprise_query", headers["gjzwfwpt_sid"].Single());
        Assert.Equal(fields.Time, headers["gjzwfwpt_rtime"].Single());
        Assert.Equal(fields.Signature, headers["gjzwfwpt_sign"].Single());
        Assert.Equal("10.1.2.3", headers["X-Forwarded-For"].Single());
        Assert.False(headers.ContainsKey("gjgxjhpt_rid"));
        Assert.False(headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task Keys_of_a_request_are_in_lower_case_at_every_depth()
    {
        var content = SuccessorEnvelope.LowerKeys(
            Encoding.UTF8.GetBytes("""{"EntName":"A公司","Deep":[{"KeyOne":1.50,"B":true,"C":null}]}""")
        );

        Assert.Equal(
            """{"entname":"A公司","deep":[{"keyone":1.50,"b":true,"c":null}]}""",
            JsonDocument
                .Parse(await content.ReadAsStringAsync())
                .RootElement.GetRawText()
                .Replace("\\u516C\\u53F8", "公司", StringComparison.OrdinalIgnoreCase)
        );
    }

    private static async Task<(AgencyFailure? Failure, string? Sent)> SignAsync(IForwardedService service, string body)
    {
        using var attempt = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:9/");
        var question = new ForwardedQuestion("CASE-1", "0123456789abcdef0123456789abcdef", Known.Bytes(body));
        var failure = await service.SignAsync(attempt, question, TestContext.Current.CancellationToken);
        return (failure, attempt.Content is { } sent ? await sent.ReadAsStringAsync() : null);
    }

    private static Task AnswerAsync(HttpContext http, string body) =>
        StubPlatform.AnswerAsync(http, "application/json;charset=UTF-8", body);

    private Task<AgencyAnswer<BusinessLicenceFacts>> QueryAsync() =>
        _adapters.Licences.AskAsync(AdapterHost.Enterprise(), _adapters.Request(), CancellationToken.None);
}
