using System.Text;
using System.Text.Json.Serialization.Metadata;
using CsCheck;
using Integration.Adapters.GridResource;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.LicenceLibrary;
using Integration.Adapters.Ports;
using Integration.Adapters.ProjectApproval;
using Integration.Adapters.RealEstate;
using Integration.Adapters.Utilities.Electricity;

namespace Integration.Adapters.Tests.Faults;

/// <summary>Good answers with bytes changed, doubled, cut out: nothing of it throws, and none of it reads as "no such record".</summary>
public class MutatedAnswerTests
{
    private const string Title = """
        {"head":{"code":"0000","cxqqdh":"20261123421022000001"},"data":[{"QLRMC":"张三","ZJH":"421022197001010112",
        "BDCQZH":"鄂（2017）公安县不动产权第0001001号","BDCDYH":"421022001001GB00001F00010001","YBDCDYH":"","QSZT":"现势","DYAQ":[],"CFDJ":[]}]}
        """;

    private const string Licences = """
        {"head":{"status":"0"},"data":[{"certificateIdentifier":"1.2.156.3005.2.11100000MB03271699022.11421022000000000X.TEST0000000000000001.001.K",
        "certificateType":"营业执照","certificateHolder":"公安县示例商贸有限公司","certificateHolderCode":"91421022MA49T0000B","certificateNumber":"91421022MA49T0000B",
        "issueDate":"2018-01-15","certificateValidateEnd":"长期","surface":[{"name":"法定代表人","value":"张三"},{"name":"经营状态","value":"存续"}]}]}
        """;

    private const string Grid = """
        {"code":0,"data":{"unitNumber":"421022001001GB00001F00010001","nearestLowVoltageMetres":260,"spareCapacityKw":60}}
        """;

    private const string Projects = """
        {"code":"200","data":[{"projectCode":"2402-1","uscc":"91421022MA49T0000B","status":"已批复"}]}
        """;

    private const string Account = """
        {"code":"0","data":{"consno":"1","qlrmc":"张三","qlrzjh":"421022197001010112","bdcdyh":"421022001001GB00001F00010001","sfqf":"1","qfje":"35.50"}}
        """;

    [Fact]
    public void Of_the_register() =>
        Mutate(
            Title,
            RealEstateJson.Default.TitleAnswer,
            answer =>
                RealEstateReader.Read(answer, new TitleQuery("20261123421022000001", "CASE-1", Known.TitleQuestion))
        );

    [Fact]
    public void Of_the_licence_library() =>
        Mutate(
            Licences,
            LicenceLibraryJson.Default.LicenceAnswer,
            answer =>
                LicenceLibraryReader
                    .Read(answer, LicenceKind.BusinessLicence, Known.CompanyText)
                    .Succeeded(out var licences, out var failure)
                    ? LibraryBusinessLicenceSource.Choose(licences, Known.Company, new DateOnly(2026, 11, 23))
                    : failure
        );

    [Fact]
    public void Of_the_grid_platform() =>
        Mutate(Grid, GridResourceJson.Default.GridAnswer, answer => GridResourceReader.Read(answer, Known.Unit));

    [Fact]
    public void Of_the_project_platform() =>
        Mutate(
            Projects,
            ProjectApprovalJson.Default.ProjectAnswer,
            answer => ProjectApprovalReader.Read(answer, Known.Company)
        );

    [Fact]
    public void Of_the_marketing_system() =>
        Mutate(
            Account,
            ElectricityJson.Default.LinkageAnswer,
            answer => ElectricityReader.Read(answer, new UtilityAccountQuestion("1"))
        );

    private static void Mutate<TWire, TFacts>(string good, JsonTypeInfo<TWire> type, Func<TWire, Reading<TFacts>> read)
        where TWire : notnull
    {
        var bytes = Encoding.UTF8.GetBytes(good);
        Assert.IsType<Reading<TFacts>.Found>(Read(bytes));
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, 2])
            .Sample(
                (at, value, how) =>
                {
                    byte[] mutated = how switch
                    {
                        0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
                        1 => [.. bytes[..at], value, .. bytes[at..]],
                        _ => [.. bytes[..at], .. bytes[(at + 1)..]],
                    };
                    Assert.IsNotType<Reading<TFacts>.Unknown>(Read(mutated));
                },
                iter: 5_000
            );

        Reading<TFacts> Read(byte[] body) =>
            WireJson.Read(body, "utf-8", type).Succeeded(out var answer, out var failure) ? read(answer) : failure;
    }
}
