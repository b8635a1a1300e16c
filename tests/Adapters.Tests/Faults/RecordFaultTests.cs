using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Http;
using Integration.Sandbox.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests.Faults;

/// <summary>
/// A record that cannot be read is a result of the one question about it: the agency is well, is not asked again at once, and answers the
/// next question. An answer whose own structure is broken says that the agency is not well.
/// </summary>
public sealed class RecordFaultTests : IAsyncLifetime
{
    private const string AppKey = "0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, Agency> s_agencies = new(StringComparer.Ordinal)
    {
        ["population-registry"] = new(
            Soap("<GMSFHM_PPDDM>是</GMSFHM_PPDDM><XM_PPDDM>1</XM_PPDDM>"),
            "GMSFHM_PPDDM",
            Soap("<GMSFHM_PPDDM>1</GMSFHM_PPDDM><XM_PPDDM>1</XM_PPDDM>"),
            "<soap/>"
        ),
        ["business-licence"] = new(
            $$"""{"code":"2000","data":[{"uniscid":"{{Known.CompanyText}}","entname":"","regstateCn":"存续"}]}""",
            "entname",
            $$"""{"code":"2000","data":[{"uniscid":"{{Known.CompanyText}}","entname":"甲公司","regstateCn":"存续"}]}""",
            """{"code":"2000","data":"none"}"""
        ),
        ["real-estate"] = new(
            Titles($$"""{"BDCQZH":"{{Known.TitleText}}","QLRMC":"","QSZT":"现势"}"""),
            "QLRMC",
            Titles($$"""{"BDCQZH":"{{Known.TitleText}}","QLRMC":"张三","QSZT":"现势"}"""),
            """{"head":{},"data":[]}"""
        ),
        ["licence-library"] = new(Licences("？"), "certificateIdentifier", Licences(LicenceNumber), """{"head":{}}"""),
        ["grid-resource"] = new(
            $$"""{"code":0,"data":{"nearestLowVoltageMetres":"near","spareCapacityKw":1,"unitNumber":"{{Known.UnitText}}"} }""",
            "capacity",
            $$"""{"code":0,"data":{"nearestLowVoltageMetres":30,"spareCapacityKw":1,"unitNumber":"{{Known.UnitText}}"} }""",
            """{"code":0,"data":7}"""
        ),
        ["project-approval"] = new(
            $$"""{"code":200,"data":[{"uscc":"{{Known.CompanyText}}","projectCode":"2026-1","status":["odd"]}]}""",
            "status",
            $$"""{"code":200,"data":[{"uscc":"{{Known.CompanyText}}","projectCode":"2026-1","status":"已批复"}]}""",
            """{"code":200,"data":{}}"""
        ),
        ["electricity"] = new(
            """{"code":0,"data":{"consno":"1","qlrmc":"","sfqf":"0"}}""",
            "qlrmc",
            """{"code":0,"data":{"consno":"1","qlrmc":"张三","sfqf":"0"}}""",
            """{"code":0,"data":[]}"""
        ),
        ["water"] = new(
            """{"code":0,"data":{"consno":"100001","sfqf":"?","sfyhz":"1"}}""",
            "sfqf",
            """{"code":0,"data":{"consno":"100001","sfqf":"0","sfyhz":"1"}}""",
            """{"data":{}}"""
        ),
        ["gas"] = new(
            "<response><rtnCode>0000</rtnCode><account><khbh>100001</khbh><qf>?</qf><yh>Y</yh></account></response>",
            "qf",
            "<response><rtnCode>0000</rtnCode><account><khbh>100001</khbh><qf>N</qf><yh>Y</yh></account></response>",
            "<response><rtnCode>0000</rtnCode></response>"
        ),
    };

    private StubPlatform _stub = null!;
    private AdapterHost _adapters = null!;
    private string _answer = string.Empty;

    private const string LicenceNumber =
        "1.2.156.3005.2.11100000MB03271699022.11421022000000000X.TEST0000000000000001.001.K";

    public static TheoryData<string> Agencies => [.. s_agencies.Keys];

    public async ValueTask InitializeAsync()
    {
        _stub = await StubPlatform.StartAsync();
        _stub.Service = AnswerAsync;
        _adapters = AdapterHost.ForNetwork(_stub.Address, NetworkCredentials.Stub);
        foreach (var agency in s_agencies.Keys)
        {
            _adapters.Set($"{agency}:Limits:RetryDelay", "00:00:00");
            if (agency is not ("population-registry" or "business-licence"))
            {
                _adapters.Set($"{agency}:BaseAddress", _stub.Address.ToString());
            }
        }

        foreach (var setting in (string[])["UserName", "Division", "Department"])
        {
            _adapters.Set($"real-estate:{setting}", "421022");
        }

        _adapters.Set("real-estate:ClientAddress", "127.0.0.1");
        _adapters.SetSecret("real-estate:Password", "x");
        _adapters.Set("licence-library:AccessId", "x");
        _adapters.SetSecret("licence-library:AccessToken", "x");
        _adapters.Set("grid-resource:PaasId", "x");
        _adapters.SetSecret("grid-resource:Token", "x");
        _adapters.Set("project-approval:ClientId", "x");
        _adapters.SetSecret("project-approval:ClientSecret", "x");
        _adapters.Set("electricity:AppId", "x");
        _adapters.SetSecret("electricity:AppSecret", AppKey);
        _adapters.Set("water:ClientId", "x");
        _adapters.Set("water:Unit", "x");
        _adapters.Set("water:Division", "421022");
        _adapters.SetSecret("water:ClientSecret", "x");
        _adapters.Set("gas:PaasId", "x");
        _adapters.SetSecret("gas:Token", "x");
    }

    public async ValueTask DisposeAsync()
    {
        await _adapters.DisposeAsync();
        await _stub.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Agencies))]
    public async Task A_record_that_cannot_be_read_is_unanswered_and_the_next_question_is_answered(string agency)
    {
        var (odd, field, good, _) = s_agencies[agency];
        _answer = odd;
        for (var question = 0; question < 16; question++)
        {
            var failure = Assert.IsType<AgencyFailure>(await AskAsync(agency));
            Assert.Equal((FailureStage.Parse, FailureSide.Agency, $"field-{field}"), Known.Of(failure));
            Assert.Equal(field, failure.Field);
        }

        Assert.Equal(AgencyCircuit.Closed, CircuitOf(agency));
        Assert.Equal(16, Asked(agency)); // not one of them was sent again
        _answer = good;
        Assert.Null(await AskAsync(agency));
    }

    [Theory]
    [MemberData(nameof(Agencies))]
    public async Task An_answer_of_a_broken_structure_is_asked_again_and_opens_the_breaker(string agency)
    {
        _answer = s_agencies[agency].Broken;
        var failure = Assert.IsType<AgencyFailure>(await AskAsync(agency));
        Assert.Equal((FailureStage.Parse, null), (failure.Stage, failure.Field));
        Assert.Equal(2, Asked(agency));
        for (var question = 0; question < 5; question++)
        {
            failure = await AskAsync(agency);
        }

        Assert.Equal(FailureStage.CircuitOpen, failure!.Stage);
        Assert.Equal(AgencyCircuit.Open, CircuitOf(agency));
    }

    private int Asked(string agency) => _stub.Calls - (agency is "real-estate" or "electricity" ? 1 : 0);

    private AgencyCircuit CircuitOf(string agency) =>
        _adapters
            .Services.GetRequiredService<IAgencyConditions>()
            .Current.Single(condition => condition.Agency == agency)
            .Circuit;

    private async Task<AgencyFailure?> AskAsync(string agency)
    {
        var request = _adapters.Request();
        var cancelled = TestContext.Current.CancellationToken;
        return agency switch
        {
            "population-registry" => Failure(
                await _adapters.Identity.AskAsync(AdapterHost.Person(), request, cancelled)
            ),
            "business-licence" => Failure(
                await _adapters
                    .Services.GetServices<IBusinessLicenceSource>()
                    .Single(source => source.Agency == agency)
                    .AskAsync(AdapterHost.Enterprise(), request, cancelled)
            ),
            "grid-resource" => Failure(await Source<IGridResourceSource>().AskAsync(Known.Unit, request, cancelled)),
            "project-approval" => Failure(
                await Source<IProjectApprovalSource>().AskAsync(Known.Company, request, cancelled)
            ),
            "electricity" => Failure(await Source<IUtilityAccountSource>().AskAsync(new("1"), request, cancelled)),
            "water" or "gas" => Failure(
                await _adapters
                    .Services.GetServices<IUtilityProvider>()
                    .OfType<ICalledProvider>()
                    .Single(provider => provider.Agency == agency)
                    .PreCheckAsync(new TransferQuestion("100001", "李四"), request, cancelled)
            ),
            _ => Failure(
                await _adapters
                    .Services.GetServices<IPropertyTitleSource>()
                    .Single(source => source.Agency == agency)
                    .AskAsync(Known.TitleQuestion, request, cancelled)
            ),
        };
    }

    private T Source<T>()
        where T : notnull => _adapters.Services.GetRequiredService<T>();

    private static AgencyFailure? Failure<T>(AgencyAnswer<T> answer) =>
        answer is AgencyAnswer<T>.Found ? null : Assert.IsType<AgencyAnswer<T>.Unanswered>(answer).Failure;

    private Task AnswerAsync(HttpContext http, byte[] body)
    {
        if (http.Request.Path.Value!.Contains("token", StringComparison.OrdinalIgnoreCase))
        {
            var token = Signatures.Encrypt(AppKey, "fedcba9876543210fedcba9876543210", SecretCipher.Ecb);
            return StubPlatform.AnswerAsync(
                http,
                "application/json",
                $$"""{"code":0,"data":{"token":"T","expires":1600,"access_token":"{{token}}","expires_in":7200} }"""
            );
        }

        var answer = _answer;
        if (answer.Contains("{number}", StringComparison.Ordinal))
        {
            answer = answer.Replace("{number}", NumberIn(body), StringComparison.Ordinal);
        }

        return StubPlatform.AnswerAsync(http, answer.StartsWith('<') ? "text/xml" : "application/json", answer);
    }

    /// <summary>What the question is called, which an answer repeats.</summary>
    private static string NumberIn(byte[] body)
    {
        var text = System.Net.WebUtility.HtmlDecode(
            System.Net.WebUtility.UrlDecode(System.Text.Encoding.UTF8.GetString(body))
        );
        var isXml = text.Contains("<FWQQBH>", StringComparison.Ordinal);
        return text.Split(isXml ? "<FWQQBH>" : "\"cxqqdh\":\"")[1].Split(isXml ? '<' : '"')[0];
    }

    private static string Soap(string flags)
    {
        var package =
            $"<PACKAGE><PACKAGEHEAD><FFQQBH>{{number}}</FFQQBH><FHDM>10</FHDM></PACKAGEHEAD><DATA><RECORD no=\"1\"><GMSFHM>{Known.PersonText}</GMSFHM>{flags}<SWBS>0</SWBS></RECORD></DATA></PACKAGE>";
        return $"<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><ns1:r xmlns:ns1=\"w\"><ns1:out>{System.Security.SecurityElement.Escape(package)}</ns1:out></ns1:r></soap:Body></soap:Envelope>";
    }

    private static string Titles(string row) => $$"""{"head":{"code":"0000","cxqqdh":"{number}"},"data":[{{row}}]}""";

    private static string Licences(string identifier) =>
        $$"""
            {"head":{"status":"0"},"data":[{"certificateIdentifier":"{{identifier}}","certificateType":"不动产权证书",
            "certificateHolder":"张三","certificateHolderCode":"{{Known.PersonText}}","certificateNumber":"{{Known.TitleText}}"}]}
            """;

    private sealed record Agency(string Odd, string Field, string Good, string Broken);
}
