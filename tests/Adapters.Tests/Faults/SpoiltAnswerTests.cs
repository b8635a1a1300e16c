using System.Text;
using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests.Faults;

/// <summary>Answers that no honest agency gives, to every agency here: out of the port comes a failure, never an exception.</summary>
public sealed class SpoiltAnswerTests : IAsyncLifetime
{
    private StubPlatform _stub = null!;
    private AdapterHost _adapters = null!;

    public async ValueTask InitializeAsync()
    {
        _stub = await StubPlatform.StartAsync();
        _adapters = new AdapterHost();
        foreach (var (agency, settings) in s_agencies)
        {
            _adapters.Set($"{agency}:BaseAddress", _stub.Address.ToString());
            _adapters.Set($"{agency}:Limits:Retries", "0");
            foreach (var setting in settings)
            {
                _adapters.Set($"{agency}:{setting}", setting == "ClientAddress" ? "127.0.0.1" : "421022");
            }
        }

        _adapters.SetSecret("real-estate:Password", "x");
        _adapters.SetSecret("licence-library:AccessToken", "x");
        _adapters.SetSecret("grid-resource:Token", "x");
        _adapters.SetSecret("project-approval:ClientSecret", "x");
        _adapters.SetSecret("electricity:AppSecret", "x");
    }

    public async ValueTask DisposeAsync()
    {
        await _adapters.DisposeAsync();
        await _stub.DisposeAsync();
    }

    private static readonly Dictionary<string, string[]> s_agencies = new(StringComparer.Ordinal)
    {
        ["real-estate"] = ["UserName", "Division", "Department", "ClientAddress"],
        ["licence-library"] = ["AccessId"],
        ["grid-resource"] = ["PaasId"],
        ["project-approval"] = ["ClientId"],
        ["electricity"] = ["AppId"],
    };

    private static readonly Dictionary<string, (string ContentType, byte[] Body)> s_spoilt = new(StringComparer.Ordinal)
    {
        ["html"] = ("text/html", "<html><body>maintenance</body></html>"u8.ToArray()),
        ["empty"] = ("application/json", []),
        ["cut"] = ("application/json", "{\"code\":"u8.ToArray()),
        ["null"] = ("application/json", "null"u8.ToArray()),
        ["text null"] = ("application/json", "\"null\""u8.ToArray()),
        ["list"] = ("application/json", "[]"u8.ToArray()),
        ["nothing"] = ("application/json", "{}"u8.ToArray()),
        ["twice"] = ("application/json", "{\"code\":0,\"code\":1,\"data\":null}"u8.ToArray()),
        ["gbk"] = ("application/json", [0x7B, 0x22, 0xD5, 0xC5, 0xC8, 0xFD, 0x22, 0x3A, 0x31, 0x7D]),
        ["declared gbk"] = ("application/json;charset=GBK", "{\"code\":0,\"data\":null}"u8.ToArray()),
        ["utf-16"] = ("application/json", Encoding.Unicode.GetBytes("{\"code\":0,\"data\":null}")),
        ["deep"] = (
            "application/json",
            Encoding.ASCII.GetBytes("{\"data\":" + new string('[', 100) + new string(']', 100) + "}")
        ),
        ["xml"] = ("text/xml", "<?xml version=\"1.0\"?><code>0</code>"u8.ToArray()),
    };

    public static TheoryData<string, string> Spoilt
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var agency in s_agencies.Keys)
            {
                foreach (var shape in s_spoilt.Keys)
                {
                    data.Add(agency, shape);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_spoilt_answer_is_no_answer(string agency, string shape)
    {
        var (contentType, body) = s_spoilt[shape];
        _stub.Service = (http, _) => StubPlatform.AnswerAsync(http, contentType, body);

        var asked = await AskAsync(agency);

        Assert.Equal("unanswered", asked.Kind);
        // Where a token comes first, it is the token that cannot be had.
        var stage = agency is "real-estate" or "electricity" ? FailureStage.Secret : FailureStage.Parse;
        Assert.Equal((stage, true), (asked.Failure!.Stage, asked.Failure.Code.Length > 0));
    }

    [Theory]
    [InlineData(StatusCodes.Status302Found, FailureSide.Agency)]
    [InlineData(StatusCodes.Status404NotFound, FailureSide.Gateway)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, FailureSide.Agency)]
    public async Task A_status_that_is_no_success_is_no_answer(int status, FailureSide side)
    {
        _stub.Service = (http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "http://127.0.0.1:1/";
            return Task.CompletedTask;
        };

        foreach (var agency in (string[])["licence-library", "grid-resource", "project-approval"])
        {
            var asked = await AskAsync(agency);
            Assert.Equal("unanswered", asked.Kind);
            Assert.Equal((FailureStage.Status, side, $"http-{status}"), Known.Of(asked.Failure));
        }
    }

    [Fact]
    public async Task A_token_that_is_refused_twice_is_our_side()
    {
        _stub.Service = (http, _) =>
            StubPlatform.AnswerAsync(
                http,
                "application/json",
                http.Request.Path.Value!.EndsWith("/token", StringComparison.Ordinal)
                    ? """{"code":0,"data":{"token":"T","expires":1600}}"""
                    : """{"head":{"code":"4001","cxqqdh":""},"data":[]}"""
            );

        var asked = await AskAsync("real-estate");

        Assert.Equal(("unanswered", 2), (asked.Kind, asked.Trace.Attempts));
        Assert.Equal((FailureStage.Secret, FailureSide.Gateway, "code-4001"), Known.Of(asked.Failure));
        Assert.Equal(4, _stub.Calls);
    }

    [Theory]
    [InlineData("""{"code":0,"data":{"token":"T","expires":0}}""", "field-expires")]
    [InlineData("""{"code":0,"data":{"token":"T","expires":-5}}""", "field-expires")]
    [InlineData("""{"code":0,"data":{"token":"null","expires":1600}}""", "field-token")]
    [InlineData("""{"code":0,"data":""}""", "json")]
    [InlineData("""{"code":0}""", "json")]
    public async Task A_token_that_cannot_be_used_is_none(string answer, string code)
    {
        _stub.Service = (http, _) => StubPlatform.AnswerAsync(http, "application/json", answer);
        Assert.Equal(
            (FailureStage.Secret, FailureSide.Agency, code),
            Known.Of((await AskAsync("real-estate")).Failure)
        );
    }

    [Theory]
    [InlineData("""{"code":0,"data":{"access_token":"AAAA","expires_in":7200}}""", "field-access_token")]
    [InlineData("""{"code":0,"data":{"access_token":"not base64!","expires_in":7200}}""", "field-access_token")]
    [InlineData("""{"code":0,"data":{"access_token":"AAAA","expires_in":0}}""", "field-expires_in")]
    [InlineData(
        """{"code":0,"data":{"access_token":"AAAA","expires_in":"99999999999999999999999999999"}}""",
        "field-expires_in"
    )]
    public async Task An_access_token_that_cannot_be_used_is_none(string answer, string code)
    {
        _stub.Service = (http, _) => StubPlatform.AnswerAsync(http, "application/json", answer);
        Assert.Equal(
            (FailureStage.Secret, FailureSide.Agency, code),
            Known.Of((await AskAsync("electricity")).Failure)
        );
    }

    private async Task<Asked> AskAsync(string agency)
    {
        var request = _adapters.Request();
        var cancelled = TestContext.Current.CancellationToken;
        return agency switch
        {
            "grid-resource" => Asked.Of(await Source<IGridResourceSource>().AskAsync(Known.Unit, request, cancelled)),
            "project-approval" => Asked.Of(
                await Source<IProjectApprovalSource>().AskAsync(Known.Company, request, cancelled)
            ),
            "electricity" => Asked.Of(await Source<IUtilityAccountSource>().AskAsync(new("1"), request, cancelled)),
            _ => Asked.Of(
                await _adapters
                    .Services.GetServices<IPropertyTitleSource>()
                    .Single(source => source.Agency == agency)
                    .AskAsync(Known.TitleQuestion, request, cancelled)
            ),
        };
    }

    private T Source<T>()
        where T : notnull => _adapters.Services.GetRequiredService<T>();
}
