using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Ask = Integration.Testing.Drivers.Sharing;

namespace Integration.FlowTests.Sharing;

public class ShareTests(ShareFixture shared) : IClassFixture<ShareFixture>
{
    private HallDriver Hall => shared.Hall;

    [Theory]
    [InlineData(
        "enterprise-register/query",
        "business-licence",
        "code msg data data/uniscid data/entname data/name data/dom data/estdate data/regstatecn"
    )]
    [InlineData(
        "grid-capacity/query",
        "grid-resource",
        "code data data/unitNumber data/nearestLowVoltageMetres data/spareCapacityKw"
    )]
    [InlineData("project-approval/query", "project-approval", "code data data/projectCode data/uscc data/status")]
    public async Task Each_JSON_resource_is_signed_and_answers_with_the_granted_fields_only(
        string path,
        string agency,
        string granted
    )
    {
        await shared.Host.Agencies.ResetAsync();

        using var answer = await Hall.ShareAsync(path, ShareFixture.BodyOf(path));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var left = Paths(body.RootElement, string.Empty).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(
            granted.Split(' ').Order(StringComparer.OrdinalIgnoreCase),
            left.Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase
        );
        Assert.Equal("answered", Assert.Single(await shared.Host.Agencies.CallsOfAsync(agency)).Outcome);
    }

    [Fact]
    public async Task The_SOAP_package_is_wrapped_signed_and_answers_with_the_granted_fields_only()
    {
        await shared.Host.Agencies.ResetAsync();

        using var answer = await Hall.ShareAsync("identity-check/check", ShareFixture.BodyOf("identity-check/check"));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/xml", answer.Content.Headers.ContentType!.MediaType);
        var record = XDocument.Parse(text).Root!.Element("DATA")!.Element("RECORD")!;
        Assert.Equal(
            ["GMSFHM_PPDDM", "SWBS", "XM_PPDDM"],
            record.Elements().Select(e => e.Name.LocalName).Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain("Envelope", text, StringComparison.Ordinal);
        Assert.Equal("answered", Assert.Single(await shared.Host.Agencies.CallsOfAsync("population-registry")).Outcome);
    }

    [Fact]
    public async Task A_caller_of_one_field_gets_that_one_and_no_other_value_anywhere_in_the_answer()
    {
        var company = SyntheticWorld.Company("c01");
        var representative = SyntheticWorld.RepresentativeOf("c01").Name!;

        using var all = await Hall.ShareAsync(
            "enterprise-register/query",
            ShareFixture.BodyOf("enterprise-register/query")
        );
        using var one = await shared.Limited.ShareAsync(
            "enterprise-register/query",
            ShareFixture.BodyOf("enterprise-register/query")
        );

        var everything = await WholeAsync(all);
        var little = await WholeAsync(one);
        Assert.All(
            [company.Name!, company.Uscc!, representative],
            value => Assert.Contains(value, everything, StringComparison.Ordinal)
        );
        Assert.Contains(company.Name!, little, StringComparison.Ordinal);
        Assert.All(
            [company.Uscc!, representative],
            value => Assert.DoesNotContain(value, little, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_caller_of_one_field_of_a_package_gets_that_one_element()
    {
        using var answer = await shared.Limited.ShareAsync(
            "identity-check/check",
            ShareFixture.BodyOf("identity-check/check")
        );

        var record = XDocument
            .Parse(await answer.Content.ReadAsStringAsync())
            .Root!.Element("DATA")!
            .Element("RECORD")!;
        Assert.Equal("SWBS", Assert.Single(record.Elements()).Name.LocalName);
    }

    [Fact]
    public async Task The_record_says_who_asked_under_which_grant_and_catalogue_and_digests_what_left()
    {
        using var answer = await Hall.ShareAsync("grid-capacity/query", ShareFixture.BodyOf("grid-capacity/query"));

        var body = await answer.Content.ReadAsByteArrayAsync();
        var id = Assert.Single(answer.Headers.GetValues("X-Evidence-Id"));
        var record = (await Hall.Api.GetEvidenceAsync(id)).Record;
        Assert.Equal(("sharedCall", "answered", "grid-capacity/query"), (record.Kind, record.Outcome, record.Subject));
        Assert.Equal(
            ("hall", Ask.Purpose, "HALL-2026-000777", "consent:CONSENT-1"),
            (record.CallerId, record.Purpose, record.CaseId, record.Basis)
        );
        Assert.Equal("hall-share-grid-capacity (公政数试〔2026〕13号)", record.Grants);
        Assert.Matches("^catalogue:[0-9a-f]{16}$", record.PolicyVersion);
        Assert.Equal(
            $"试-电网资源-01; 公政数试〔2026〕13号; http-200; left digest:{shared.Host.OnRecord(id, body)}",
            record.Detail
        );
        Assert.Equal(
            shared.Host.OnRecord(id, Encoding.UTF8.GetBytes(ShareFixture.BodyOf("grid-capacity/query"))),
            record.Call!.RequestDigest
        );
        Assert.Equal(1, record.Call.Attempts);
        Assert.Null(record.Failure);
    }

    private static async Task<string> WholeAsync(HttpResponseMessage answer) =>
        $"{answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync()}";

    private static IEnumerable<string> Paths(JsonElement element, string at) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member =>
                    Paths(member.Value, $"{at}/{member.Name}").Prepend($"{at}/{member.Name}".TrimStart('/'))
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Paths(item, at)),
            _ => [],
        };
}
