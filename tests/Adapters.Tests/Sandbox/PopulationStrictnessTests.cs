using System.Net;
using System.Xml.Linq;
using static Integration.Adapters.Tests.Sandbox.HandmadeCaller;

namespace Integration.Adapters.Tests.Sandbox;

public sealed class PopulationStrictnessTests : IAsyncLifetime
{
    private const string Sid = "s_population_check";
    private const string Operation = "GK_GXFW_SFHC";
    private const string IdNumber = "421022197001010112";
    private static readonly string Question = Package(IdNumber, "张三");
    private RunningSandbox _sandbox = null!;
    private HandmadeCaller _caller = null!;
    private (string Name, string Value)[] _fields = [];

    public async ValueTask InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _caller = new HandmadeCaller(_sandbox);
        _fields = _caller.ExchangeFields(Sid, await _caller.CallSecretAsync(Sid));
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_known_person_matches_and_the_request_number_comes_back()
    {
        var package = await AnswerAsync(await _caller.SoapAsync(_fields, Operation, Question));

        Assert.Equal("REQ-1", package.Element("PACKAGEHEAD")!.Element("FFQQBH")!.Value);
        Assert.Equal("10", package.Element("PACKAGEHEAD")!.Element("FHDM")!.Value);
        Assert.Equal("1 1 0", Marks(package));
    }

    [Theory]
    [InlineData("421022197001010112", "张四", "1 0 0")]
    [InlineData("421022197001010999", "张三", "0 0 ")]
    [InlineData("421022194001010098", "已故者", "1 1 1")]
    [InlineData("421022198209090443", "新名字", "1 1 0")]
    [InlineData("421022198209090443", "旧名字", "1 0 0")]
    [InlineData("653101198808080229", "阿依努尔·买买提", "1 1 0")]
    [InlineData("653101198808080229", "阿依努尔•买买提", "1 0 0")]
    [InlineData("421022199103050317", "𠮷田䶮", "1 1 0")]
    public async Task Number_name_and_life_are_marked(string idNumber, string name, string marks) =>
        Assert.Equal(
            marks,
            Marks(await AnswerAsync(await _caller.SoapAsync(_fields, Operation, Package(idNumber, name))))
        );

    [Fact]
    public async Task Basic_data_has_the_former_name()
    {
        const string basic = "s_population_basic";
        var fields = _caller.ExchangeFields(basic, await _caller.CallSecretAsync(basic));
        var answer = await _caller.SoapAsync(fields, "GK_JZCX_RKJCXXCX", Package("421022198209090443", "新名字"));

        Assert.Equal("旧名字", (await AnswerAsync(answer)).Descendants("CYM").Single().Value);
    }

    [Fact]
    public async Task Basic_data_of_an_unknown_number_is_no_record()
    {
        const string basic = "s_population_basic";
        var fields = _caller.ExchangeFields(basic, await _caller.CallSecretAsync(basic));
        var answer = await _caller.SoapAsync(fields, "GK_JZCX_RKJCXXCX", Package("421022197001010999", "张三"));

        Assert.Empty((await AnswerAsync(answer)).Descendants("RECORD"));
    }

    [Fact]
    public async Task A_header_element_out_of_order_is_a_fault() =>
        await FaultAsync(
            "-1",
            await _caller.SoapAsync(_fields, Operation, Question, [_fields[1], _fields[0], _fields[2], _fields[3]])
        );

    [Fact]
    public async Task A_header_element_unlike_the_http_headers_is_a_fault() =>
        await FaultAsync(
            "-1",
            await _caller.SoapAsync(
                _fields,
                Operation,
                Question,
                [_fields[0], _fields[1], ("gjgxjhpt_rtime", "1"), _fields[3]]
            )
        );

    [Fact]
    public async Task A_missing_soap_action_is_a_fault() =>
        await FaultAsync("-1", await _caller.SoapAsync(_fields, Operation, Question, soapAction: "run"));

    [Fact]
    public async Task A_wrong_secret_is_a_fault() =>
        await FaultAsync("E-103", await _caller.SoapAsync(_caller.ExchangeFields(Sid, "wrong"), Operation, Question));

    [Fact]
    public async Task A_wrong_password_is_a_fault() =>
        await FaultAsync("soap:Client", await _caller.SoapAsync(_fields, Operation, Question, password: "wrong"));

    [Fact]
    public async Task Another_services_operation_is_a_fault() =>
        await FaultAsync("-1", await _caller.SoapAsync(_fields, "GK_JZCX_RKJCXXCX", Question));

    [Fact]
    public async Task A_document_type_is_a_fault() =>
        await FaultAsync(
            "-1",
            await _caller.PostAsync(
                "/exchange/wsproxy",
                "<!DOCTYPE x [<!ENTITY e 'v'>]><x>&e;</x>",
                "text/xml",
                _fields
            )
        );

    [Theory]
    [InlineData("FWQQBH")]
    [InlineData("JLS")]
    [InlineData("FSSJ")]
    [InlineData("QQYWXTMC")]
    public async Task A_package_with_a_field_missing_is_refused(string field)
    {
        var package = await AnswerAsync(
            await _caller.SoapAsync(_fields, Operation, Package(IdNumber, "张三", without: field))
        );
        Assert.Equal("20", package.Element("PACKAGEHEAD")!.Element("FHDM")!.Value);
    }

    [Fact]
    public async Task Soap_as_json_is_refused()
    {
        var answer = await _caller.PostAsync("/exchange/wsproxy", "{}", "application/json", _fields);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    private static string Marks(XElement package)
    {
        var record = package.Descendants("RECORD").Single();
        return $"{record.Element("GMSFHM_PPDDM")!.Value} {record.Element("XM_PPDDM")!.Value} {record.Element("SWBS")!.Value}";
    }

    private static async Task<XElement> AnswerAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var envelope = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        XNamespace web = "http://webservice.tongtech.com/";
        return XDocument.Parse(envelope.Descendants(web + "out").Single().Value).Root!;
    }

    private static async Task FaultAsync(string code, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var envelope = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, envelope.Descendants("faultcode").Single().Value);
    }
}
