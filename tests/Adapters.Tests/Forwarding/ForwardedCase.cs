namespace Integration.Adapters.Tests.Forwarding;

/// <summary>One service, as a route of the catalogue would name it, and a question that the sandbox can answer.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Dialect">The dialect.</param>
/// <param name="Service">The agency's code of the service.</param>
/// <param name="RoutePath">The path where the dialect has none of its own.</param>
/// <param name="Body">What the caller sends.</param>
/// <param name="Success">What stands in the agency's envelope when all is well.</param>
public sealed record ForwardedCase(
    string Agency,
    string Dialect,
    string? Service,
    string? RoutePath,
    string Body,
    string Success
)
{
    private const string Precheck = """{"consno":"4210220000001","sfcxqf":"1","ywlx":"2","jklx":"hy"}""";

    public static readonly ForwardedCase Enterprise = new(
        "business-licence",
        "exchange-rest",
        "s_enterprise_query",
        RoutePath: null,
        """{"entname":"公安县示例商贸有限公司","uniscid":"91421022MA49T0000B"}""",
        "\"code\":\"2000\""
    );

    public static readonly ForwardedCase Population = new(
        "population-registry",
        "exchange-soap",
        "s_population_check",
        RoutePath: null,
        Record("<GMSFHM>421022197001010112</GMSFHM><XM>张三</XM>"),
        "&lt;FHDM&gt;10&lt;/FHDM&gt;"
    );

    public static readonly ForwardedCase Grid = new(
        "grid-resource",
        "tif",
        Service: null,
        "/api/resource/query",
        $$"""{"unitNumber":"{{Known.UnitText}}"}""",
        "\"code\":0"
    );

    public static readonly ForwardedCase Projects = new(
        "project-approval",
        "client-id",
        Service: null,
        "/api/projects/query",
        $$"""{"uscc":"{{Known.CompanyText}}"}""",
        "\"code\":\"200\""
    );

    public static readonly ForwardedCase Gateway = new(
        "electricity",
        "gateway",
        Service: null,
        "/precheck",
        Precheck,
        "\"code\":\"0\""
    );

    public static readonly ForwardedCase Irs = Gateway with { Dialect = "irs" };

    public static readonly ForwardedCase Library = new(
        "licence-library",
        "licence-library",
        Service: null,
        "/sharing/queryCertInfo",
        """{"holderCode":"421022197001010112","holderTypeCode":"111","certTypeCode":"11100000MB03271699022"}""",
        "\"status\":\"0\""
    );

    public static readonly ForwardedCase Titles = new(
        "real-estate",
        "gx-data",
        Service: null,
        "/realestate-supervise-exchange/api/v1/bdc/query",
        $$"""{"cxywcs":[{"QLRMC":"张三","QLRZJH":"","BDCQZH":"{{Known.TitleText}}","BDCDYH":""}]}""",
        "\"code\":\"0000\""
    );

    /// <summary>The case of a dialect, for theories.</summary>
    public static ForwardedCase Of(string dialect) =>
        ((ForwardedCase[])[Enterprise, Population, Grid, Projects, Gateway, Irs, Library, Titles]).Single(forwarded =>
            forwarded.Dialect == dialect
        );

    public static string Record(string fields) =>
        $"""<PACKAGE><DATA><RECORD no="1">{fields}</RECORD></DATA></PACKAGE>""";

    /// <inheritdoc />
    public override string ToString() => Dialect;
}
