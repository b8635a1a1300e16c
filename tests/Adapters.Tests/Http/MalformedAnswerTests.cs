using System.IO.Compression;
using System.Text;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Http;

/// <summary>Everything that an agency may send ends as a failure with its stage: never an exception, never a "no".</summary>
public sealed partial class MalformedAnswerTests : IAsyncLifetime
{
    private const string Code = "91421022MA49T0000B";
    private const string BillionLaughs = """
        <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><lolz>&c;</lolz>
        """;

    private StubPlatform _stub = null!;
    private AdapterHost _adapters = null!;

    public async ValueTask InitializeAsync()
    {
        _stub = await StubPlatform.StartAsync();
        _adapters = AdapterHost.ForNetwork(_stub.Address, NetworkCredentials.Stub);
        _adapters.Set("population-registry:Limits:Retries", "0");
        _adapters.Set("business-licence:Limits:Retries", "0");
    }

    public async ValueTask DisposeAsync()
    {
        await _adapters.DisposeAsync();
        await _stub.DisposeAsync();
    }

    public static TheoryData<string, string, string> SpoiltJson =>
        new()
        {
            { "text/html", "<!DOCTYPE html><html><body>maintenance</body></html>", "html" },
            { "application/json", """{"code":"2000","data":[{"uniscid":"914""", "json" },
            { "application/json", "null", "json" },
            { "application/json", "\"null\"", "json" },
            { "application/json", "", "empty" },
            { "application/json", "[]", "json" },
            { "application/json", """{"code":"2000","code":"2001","data":[]}""", "json" },
            { "application/json", """{"code":"2000","data":"null"}""", "field-data" },
            { "application/json", """{"code":"2000","data":[null]}""", "field-record" },
            { "application/json", """{"code":"2000","data":{"uniscid":1}}""", "field-data" },
            { "application/json", """{"code":"2000","data":[{"uniscid":[1]}]}""", "field-uniscid" },
            { "application/json;charset=GBK", """{"code":"2000","data":[]}""", "charset" },
            {
                "application/json",
                $$"""{"code":"2000","data":[{"uniscid":"{{Code}}","regstateCn":"存续"}]}""",
                "field-entname"
            },
            {
                "application/json",
                $$"""{"code":"2000","data":[{"uniscid":"{{Code}}","entname":"null","regstateCn":"存续"}]}""",
                "field-entname"
            },
            {
                "application/json",
                $$"""{"code":"2000","data":[{"uniscid":"{{Code}}","entname":"甲公司"}]}""",
                "field-regstateCn"
            },
        };

    public static TheoryData<string, string> SpoiltXml =>
        new()
        {
            { "<html><body>maintenance</body></html>", "html" },
            { "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>", "xml" },
            { BillionLaughs, "dtd" },
            { "<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>", "dtd" },
            { "null", "xml" },
            { Envelope("<other/>"), "field-out" },
            { Packed(""), "empty" },
            { Packed("null"), "xml" },
            { Packed(BillionLaughs), "dtd" },
            { Packed("<PACKAGE><DATA/></PACKAGE>"), "field-PACKAGEHEAD" },
            { "<x/>", "field-Body" },
        };

    [Theory]
    [MemberData(nameof(SpoiltJson))]
    public async Task Spoilt_json_is_no_answer(string contentType, string body, string code)
    {
        _stub.Service = (http, _) => StubPlatform.AnswerAsync(http, contentType, body);

        Assert.Equal((FailureStage.Parse, FailureSide.Agency, code), Known.Of(FailureOf(await QueryAsync())));
    }

    [Theory]
    [MemberData(nameof(SpoiltXml))]
    public async Task Spoilt_xml_is_no_answer(string body, string code)
    {
        _stub.Service = (http, _) => StubPlatform.AnswerAsync(http, "text/xml;charset=UTF-8", body);

        Assert.Equal(new AgencyFailure(FailureStage.Parse, FailureSide.Agency, code), FailureOf(await CheckAsync()));
    }

    [Fact]
    public async Task Names_in_GBK_are_never_read_as_other_names()
    {
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
        _stub.Service = (http, _) => StubPlatform.AnswerAsync(http, "application/json", gbk.GetBytes(Row("甲公司")));

        Assert.Equal("charset", FailureOf(await QueryAsync()).Code);
    }

    [Fact]
    public async Task A_byte_order_mark_is_read_over()
    {
        _stub.Service = (http, _) =>
            StubPlatform.AnswerAsync(
                http,
                "application/json",
                [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Row("甲公司"))]
            );

        Assert.Equal(
            "甲公司",
            Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Found>(await QueryAsync()).Facts.Name?.Value
        );
    }

    [Fact]
    public async Task An_answer_larger_than_allowed_is_cut_off()
    {
        const int Megabytes = 50;
        var sent = 0;
        _stub.Service = async (http, _) =>
        {
            http.Response.ContentType = "application/json";
            for (; sent < Megabytes && !http.RequestAborted.IsCancellationRequested; sent++)
            {
                await http.Response.Body.WriteAsync(new byte[1024 * 1024], http.RequestAborted);
            }
        };

        Assert.Equal(FailureStage.TooLarge, FailureOf(await QueryAsync()).Stage);
        Assert.True(sent < Megabytes, "The whole answer was taken in.");
    }

    [Fact]
    public async Task An_answer_that_claims_to_be_too_large_is_not_read()
    {
        _stub.Service = (http, _) =>
        {
            http.Response.ContentLength = 50 * 1024 * 1024;
            return http.Response.StartAsync();
        };

        Assert.Equal(FailureStage.TooLarge, FailureOf(await QueryAsync()).Stage);
    }

    [Fact]
    public async Task A_compressed_answer_nobody_asked_for_is_not_inflated()
    {
        _stub.Service = async (http, _) =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(new byte[10_000]);
        };

        Assert.Equal("content-encoding", FailureOf(await QueryAsync()).Code);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("Identity, identity")]
    [InlineData("utf-8")]
    [InlineData("UTF8")]
    [InlineData("\"utf-8\"")]
    public async Task A_coding_that_says_there_is_none_is_read_over(string coding)
    {
        _stub.Service = (http, _) =>
        {
            http.Response.Headers.ContentEncoding = coding;
            return StubPlatform.AnswerAsync(http, "application/json", Row("甲公司"));
        };

        Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Found>(await QueryAsync());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("utf-8, gzip")]
    [InlineData("identity, identity, br")]
    [InlineData("gbk")]
    [InlineData("utf-16")]
    [InlineData("x-secret")]
    public async Task Any_other_coding_is_refused_though_the_body_is_plain(string coding)
    {
        _stub.Service = (http, _) =>
        {
            http.Response.Headers.ContentEncoding = coding;
            return StubPlatform.AnswerAsync(http, "application/json", Row("甲公司"));
        };

        Assert.Equal("content-encoding", FailureOf(await QueryAsync()).Code);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("utf-8")]
    public async Task A_compressed_body_under_a_coding_that_says_there_is_none_is_not_read(string coding)
    {
        _stub.Service = async (http, _) =>
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = coding;
            await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Row("甲公司")));
        };

        var failure = FailureOf(await QueryAsync());
        Assert.Equal((FailureStage.Parse, FailureSide.Agency, "charset"), Known.Of(failure));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(203)]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(206)]
    [InlineData(207)]
    [InlineData(226)]
    public async Task A_success_that_is_no_whole_answer_is_none(int status)
    {
        _stub.Service = (http, _) =>
        {
            http.Response.StatusCode = status;
            return status is 204 or 205
                ? Task.CompletedTask
                : StubPlatform.AnswerAsync(http, "application/json", Row("甲公司"));
        };

        Assert.Equal(
            (FailureStage.Status, FailureSide.Agency, $"http-{status}"),
            Known.Of(FailureOf(await QueryAsync()))
        );
    }

    [Theory]
    [InlineData(302, FailureSide.Agency)]
    [InlineData(404, FailureSide.Gateway)]
    [InlineData(502, FailureSide.Agency)]
    public async Task A_status_that_is_no_success_is_no_answer_and_a_redirect_is_not_followed(
        int status,
        FailureSide side
    )
    {
        _stub.Service = (http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
            return StubPlatform.AnswerAsync(http, "application/json", Row("甲公司"));
        };

        Assert.Equal(new AgencyFailure(FailureStage.Status, side, $"http-{status}"), FailureOf(await QueryAsync()));
        Assert.Equal(1, _stub.Calls);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_transfer_failure()
    {
        _stub.Service = (http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        };

        Assert.Equal((FailureStage.Transfer, FailureSide.Network), StageOf(FailureOf(await QueryAsync())));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_transfer_failure()
    {
        _stub.Service = async (http, _) =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.Body.WriteAsync("{"u8.ToArray());
            await http.Response.Body.FlushAsync();
            http.Abort();
        };

        Assert.Equal((FailureStage.Transfer, FailureSide.Network), StageOf(FailureOf(await QueryAsync())));
    }

    private async Task<AgencyFailure> CheckAnsweredAsync(string? requestNumber, string idNumber)
    {
        var request = _adapters.Request();
        _stub.Service = (http, _) =>
            StubPlatform.AnswerAsync(
                http,
                "text/xml",
                Packed(
                    $"<PACKAGE><PACKAGEHEAD><FFQQBH>{requestNumber ?? request.RequestId}</FFQQBH><FHDM>10</FHDM></PACKAGEHEAD><DATA><RECORD no=\"1\"><GMSFHM>{idNumber}</GMSFHM><GMSFHM_PPDDM>1</GMSFHM_PPDDM><XM_PPDDM>1</XM_PPDDM><SWBS>0</SWBS></RECORD></DATA></PACKAGE>"
                )
            );
        var failure = FailureOf(
            await _adapters.Identity.AskAsync(AdapterHost.Person(), request, CancellationToken.None)
        );
        Assert.Equal(FailureStage.Binding, failure.Stage);
        return failure;
    }

    private Task<AgencyAnswer<BusinessLicenceFacts>> QueryAsync() =>
        _adapters.Licences.AskAsync(AdapterHost.Enterprise(), _adapters.Request(), CancellationToken.None);

    private Task<AgencyAnswer<IdentityFacts>> CheckAsync() =>
        _adapters.Identity.AskAsync(AdapterHost.Person(), _adapters.Request(), CancellationToken.None);

    private static string Row(string name, string code = Code) =>
        $$"""{"code":"2000","data":[{"uniscid":"{{code}}","entname":"{{name}}","regstateCn":"存续"}]}""";

    private static string Envelope(string content) =>
        $"<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>{content}</soap:Body></soap:Envelope>";

    private static string Packed(string package) =>
        Envelope(
            $"<ns1:r xmlns:ns1=\"w\"><ns1:out>{System.Security.SecurityElement.Escape(package)}</ns1:out></ns1:r>"
        );

    private static AgencyFailure FailureOf<T>(AgencyAnswer<T> answer) =>
        Assert.IsType<AgencyAnswer<T>.Unanswered>(answer).Failure;

    private static (FailureStage, FailureSide) StageOf(AgencyFailure failure) => (failure.Stage, failure.Side);
}
