using Integration.Testing.Drivers;

namespace Integration.FlowTests.Applications;

public class BadApplicationTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static readonly (string Word, string Json)[] s_parts =
    [
        ("HEAD", "\"caseId\":\"HALL-1\",\"channel\":\"online-hall\",BASIS"),
        ("BASIS", "\"basis\":{\"kind\":\"consent\",\"reference\":\"C-1\",\"grantedAt\":\"2026-01-05T09:00:00+08:00\"}"),
        ("PURPOSE", "\"purpose\":\"electricity.new-connection\""),
        ("RESIDENT", "\"serviceType\":\"low-voltage-residential-new\""),
        ("PERSON", "\"person\":{\"name\":\"张三\",\"idNumber\":\"421022197001010112\"}"),
        ("COMPANY", "\"enterprise\":{\"name\":\"公安县示例商贸有限公司\",\"uscc\":\"91421022MA49T0000B\"}"),
        ("PREMISES", "\"premises\":{\"address\":\"示例路1号\",\"tenure\":\"owner\"}"),
    ];

    /// <summary>A body, in which words in capitals stand for a part that is right, and every fault it has.</summary>
    public static TheoryData<string, string[]> Bodies { get; } =
        new()
        {
            {
                "{}",
                [
                    "/caseId missing",
                    "/purpose missing",
                    "/basis missing",
                    "/serviceType missing",
                    "/applicant missing",
                    "/channel missing",
                ]
            },
            {
                """{HEAD,PURPOSE,"serviceType":"teleportation","applicant":{PERSON},PREMISES}""",
                ["/serviceType unknown-value"]
            },
            {
                """{HEAD,PURPOSE,"serviceType":"transfer","applicant":{PERSON},PREMISES,"account":"4210220000001"}""",
                ["/purpose not-for-service"]
            },
            {
                """{HEAD,"purpose":"electricity.close-account","serviceType":"close-account","applicant":{PERSON},"account":"42 1"}""",
                ["/account pattern"]
            },
            {
                """{HEAD,"purpose":"electricity.rename","serviceType":"rename","applicant":{PERSON}}""",
                ["/account missing", "/formerName missing"]
            },
            {
                """
                    {HEAD,"purpose":"electricity.multi-resident","serviceType":"multi-resident-household","applicant":{PERSON},PREMISES,
                    "members":[{"name":"李四","idNumber":"421022197102020184"},
                               {"name":"李四","idNumber":"421022197102020184","consent":{}}]}
                    """,
                ["/members/1 duplicate", "/members/1/consent/reference missing", "/members/1/consent/grantedAt missing"]
            },
            { """{HEAD,PURPOSE,RESIDENT,"applicant":{},PREMISES}""", ["/applicant/person missing"] },
            {
                """{HEAD,PURPOSE,RESIDENT,"applicant":{PERSON,COMPANY},PREMISES}""",
                ["/applicant/enterprise not-for-service"]
            },
            {
                """{HEAD,PURPOSE,"serviceType":"low-voltage-nonresidential-new","applicant":{PERSON},PREMISES}""",
                ["/applicant/enterprise missing"]
            },
            {
                """{HEAD,PURPOSE,"serviceType":"high-voltage-new","applicant":{COMPANY}}""",
                ["/premises missing", "/capacityKw missing"]
            },
            {
                """{HEAD,PURPOSE,RESIDENT,"applicant":{PERSON},"premises":{"certificateNumber":"1","unitNumber":"2"},"capacityKw":0}""",
                [
                    "/premises/address missing",
                    "/premises/tenure missing",
                    "/premises/certificateNumber structure",
                    "/premises/unitNumber length",
                    "/capacityKw number-range",
                ]
            },
            {
                """{HEAD,PURPOSE,RESIDENT,"applicant":{PERSON},"premises":{"address":"a","tenure":"lease"},"capacityKw":100001}""",
                ["/premises/lease missing", "/capacityKw number-range"]
            },
            {
                """
                    {HEAD,PURPOSE,RESIDENT,"applicant":{PERSON},"premises":{"address":"a","tenure":"lease",
                    "lease":{"landlordCode":"1","from":"2026-01-02","until":"2026-01-01"}}}
                    """,
                [
                    "/premises/lease/landlordName missing",
                    "/premises/lease/landlordCode structure",
                    "/premises/lease/until order",
                ]
            },
            {
                """
                    {HEAD,PURPOSE,RESIDENT,"applicant":{PERSON},"premises":{"address":"a","tenure":"owner",
                    "lease":{"landlordName":"张三"}}}
                    """,
                ["/premises/lease unexpected"]
            },
            {
                """
                    {HEAD,PURPOSE,RESIDENT,"applicant":{PERSON,"guardianConsent":{"reference":""}},
                    "agent":{"name":"","authorisationReference":""},PREMISES}
                    """,
                [
                    "/applicant/guardianConsent/reference length",
                    "/applicant/guardianConsent/grantedAt missing",
                    "/agent/name missing",
                    "/agent/idNumber missing",
                    "/agent/authorisationReference length",
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Every_fault_is_listed_with_its_place(string body, string[] faults)
    {
        var json = s_parts.Aggregate(
            body,
            (text, part) => text.Replace(part.Word, part.Json, StringComparison.Ordinal)
        );

        using var answer = await shared.Host.Hall.PostAsync("/v1/applications", json);

        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal("request-invalid", problem.Code);
        Assert.Equal(
            faults.Order(StringComparer.Ordinal),
            problem.Errors!.Select(fault => $"{fault.Pointer} {fault.Code}").Order(StringComparer.Ordinal)
        );
    }
}
