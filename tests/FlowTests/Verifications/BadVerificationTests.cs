using System.Net;
using Integration.Testing.Drivers;

namespace Integration.FlowTests.Verifications;

public class BadVerificationTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Basis =
        "\"basis\":{\"kind\":\"consent\",\"reference\":\"C-1\",\"grantedAt\":\"2026-01-05T09:00:00+08:00\"}";

    private const string Head = "\"caseId\":\"HALL-1\",\"purpose\":\"electricity.new-connection\"," + Basis;

    private const string Person = "\"person\":{\"name\":\"张三\",\"idNumber\":\"421022197001010112\"}";

    private const string Identity = "\"checks\":[\"identity\"]";

    /// <summary>A body, and every fault it has.</summary>
    public static TheoryData<string, string[]> Bodies { get; } =
        new()
        {
            { "{}", ["/caseId missing", "/purpose missing", "/basis missing", "/checks missing"] },
            {
                $$"""{"caseId":"HALL 1","purpose":"spying","basis":{"grantedAt":"2999-01-01T00:00:00+08:00"},"checks":[]}""",
                [
                    "/caseId pattern",
                    "/purpose unknown-purpose",
                    "/basis/kind missing",
                    "/basis/reference missing",
                    "/basis/grantedAt in-the-future",
                    "/checks missing",
                ]
            },
            {
                $$"""{{{Head}},"checks":["identity","businessLicence","propertyTitle"]}""",
                ["/person missing", "/enterprise missing", "/property missing"]
            },
            { $$"""{{{Head}},{{Person}},"checks":["identity","identity"]}""", ["/checks/1 duplicate"] },
            { $$"""{{{Head}},{{Person}},"checks":["fingerprint"]}""", ["/checks/0 unknown-value"] },
            {
                $$"""{{{Head}},"person":{"name":" ","idNumber":"421022197001010113"},{{Identity}}}""",
                ["/person/name missing", "/person/idNumber checksum"]
            },
            {
                $$"""{{{Head}},"enterprise":{"name":"某公司","uscc":"91421022MA49T0000C"},"checks":["businessLicence"]}""",
                ["/enterprise/uscc checksum"]
            },
            {
                $$"""{{{Head}},{{Person}},"property":{"unitNumber":"42","certificateNumber":"x"},"checks":["propertyTitle"]}""",
                ["/property/certificateNumber structure", "/property/unitNumber length"]
            },
            { $$"""{{{Head}},{{Person}},"property":{},"checks":["propertyTitle"]}""", ["/property missing"] },
            { $$"""{{{Head}},{{Person}},{{Identity}},"extra":1}""", ["/extra unknown-member"] },
        };

    public static TheoryData<string> Waits =>
        ["wait=0", "wait=-1", "wait=soon", "wait", "wait=5, wait=6", "wait=99999"];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Every_fault_is_listed_with_its_place(string body, string[] faults)
    {
        using var answer = await shared.Host.Hall.PostAsync("/v1/verifications", body);

        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("request-invalid", problem.Code);
        Assert.Equal(
            faults.Order(StringComparer.Ordinal),
            problem.Errors!.Select(fault => $"{fault.Pointer} {fault.Code}").Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain("421022197001010113", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task A_wait_that_makes_no_sense_is_a_fault(string prefer)
    {
        using var answer = await shared.Host.Hall.PostAsync(
            "/v1/verifications",
            $$"""{{{Head}},{{Person}},{{Identity}}}""",
            ("Prefer", prefer)
        );

        var fault = Assert.Single((await HallDriver.ProblemOfAsync(answer)).Errors!);
        Assert.Equal("header:Prefer", fault.Pointer);
    }

    [Theory]
    [InlineData("wait=2")]
    [InlineData("respond-async, WAIT=2")]
    [InlineData("return=minimal")]
    public async Task A_wait_that_makes_sense_is_taken_and_other_preferences_are_left_alone(string prefer)
    {
        using var answer = await shared.Host.Hall.PostAsync(
            "/v1/verifications",
            $$"""{{{Head}},{{Person}},{{Identity}}}""",
            ("Prefer", prefer)
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
