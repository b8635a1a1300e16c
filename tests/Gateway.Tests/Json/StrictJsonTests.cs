using System.Security.Cryptography;
using System.Text;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Tests.Json;

public class StrictJsonTests
{
    private const string Good =
        """{"caseId":"C-1","purpose":"p","basis":{"kind":"consent","reference":"R","grantedAt":"2026-11-23T09:00:00+08:00"},"checks":["identity","propertyTitle"]}""";

    [Fact]
    public void A_good_body_is_read_with_the_digest_of_its_bytes()
    {
        Assert.True(Verification(Good).Succeeded(out var body, out _));
        Assert.Equal("C-1", body.Value.CaseId);
        Assert.Equal(BasisKind.Consent, body.Value.Basis!.Kind);
        Assert.Equal([CheckName.Identity, CheckName.PropertyTitle], body.Value.Checks!);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Good))), body.Sha256);
    }

    [Fact]
    public void Null_for_a_member_means_that_it_is_absent() =>
        Assert.True(Verification("""{"caseId":null,"person":null}""").Succeeded(out _, out _));

    [Theory]
    [InlineData("""{"caseid":"C"}""", "/caseid", "unknown-member")]
    [InlineData("""{"person":{"age":7}}""", "/person/age", "unknown-member")]
    [InlineData("""{"person":{"421022197001010112":7}}""", "/person", "unknown-member")]
    [InlineData("""{"person":{"张三":7}}""", "/person", "unknown-member")]
    [InlineData("""{"person":{"\ud800":7}}""", "/person", "unknown-member")]
    [InlineData("""{"caseId":"C","caseId":"D"}""", "/caseId", "duplicate-key")]
    [InlineData("""{"caseId":"C","case\u0049d":"D"}""", "/caseId", "duplicate-key")]
    [InlineData("""{"caseId":1}""", "/caseId", "wrong-type")]
    [InlineData("""{"caseId":{"a":[1]}}""", "/caseId", "wrong-type")]
    [InlineData("""{"person":"x"}""", "/person", "wrong-type")]
    [InlineData("""{"person":[{}]}""", "/person", "wrong-type")]
    [InlineData("""{"checks":{}}""", "/checks", "wrong-type")]
    [InlineData("""{"checks":["identity","face"]}""", "/checks/1", "unknown-value")]
    [InlineData("""{"checks":["Identity"]}""", "/checks/0", "unknown-value")]
    [InlineData("""{"checks":[0]}""", "/checks/0", "wrong-type")]
    [InlineData("""{"checks":["identity",null]}""", "/checks/1", "null-element")]
    [InlineData("""{"basis":{"grantedAt":"2026-11-23T09:00:00"}}""", "/basis/grantedAt", "bad-date-time")]
    [InlineData("""{"basis":{"grantedAt":"2026-11-23"}}""", "/basis/grantedAt", "bad-date-time")]
    [InlineData("""{"basis":{"grantedAt":"2026-02-30T09:00:00Z"}}""", "/basis/grantedAt", "bad-date-time")]
    [InlineData("""{"basis":{"grantedAt":""}}""", "/basis/grantedAt", "bad-date-time")]
    [InlineData("""{"caseId":"\ud800"}""", "/caseId", "broken-text")]
    [InlineData("""{"caseId":"a\u0000b"}""", "/caseId", "broken-text")]
    [InlineData("{\"caseId\":\"a\uFFFEb\"}", "/caseId", "character")]
    [InlineData("{\"caseId\":\"a\uFFFFb\"}", "/caseId", "character")]
    [InlineData("{\"purpose\":\"\uFDD0\"}", "/purpose", "character")]
    [InlineData("{\"caseId\":\"\U0001FFFF\"}", "/caseId", "character")]
    [InlineData("{\"caseId\":\"\U0010FFFE\"}", "/caseId", "character")]
    [InlineData("""{"caseId":"a\uffff"}""", "/caseId", "character")]
    [InlineData("""{"caseId":"a\u0001b"}""", "/caseId", "character")]
    [InlineData("""{"basis":{"reference":"\u000b"}}""", "/basis/reference", "character")]
    [InlineData("null", "", "wrong-type")]
    [InlineData("[]", "", "wrong-type")]
    [InlineData("", "", "syntax")]
    [InlineData("{", "", "syntax")]
    [InlineData("{\"caseId\":\"C\",}", "", "syntax")]
    [InlineData("{} // why", "", "trailing-data")]
    [InlineData("{}{}", "", "trailing-data")]
    [InlineData("\uFEFF{}", "", "encoding")]
    public void Each_structural_fault_is_named_at_its_place(string json, string pointer, string code) =>
        Assert.Equal([(pointer, code)], Faults(Verification(json)));

    [Theory]
    [InlineData("""{"capacityKw":"8"}""", "/capacityKw", "wrong-type")]
    [InlineData("""{"capacityKw":1e400}""", "/capacityKw", "number-range")]
    [InlineData("""{"premises":{"lease":{"from":"2026-1-1"}}}""", "/premises/lease/from", "bad-date")]
    [InlineData("""{"premises":{"lease":{"from":"2026-01-01T00:00:00Z"}}}""", "/premises/lease/from", "bad-date")]
    [InlineData("""{"members":[{"name":1}]}""", "/members/0/name", "wrong-type")]
    public void So_are_numbers_and_dates(string json, string pointer, string code) =>
        Assert.Equal([(pointer, code)], Faults(Application(json)));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused() =>
        Assert.Equal(
            [("", "encoding")],
            Faults(StrictJson.Understand([0x7B, 0x22, 0xC0, 0x80, 0x22], ApiJson.For<WithdrawRequest>(), Same))
        );

    [Theory]
    [InlineData(31, "unknown-member")]
    [InlineData(32, "too-deep")]
    [InlineData(10_000, "too-deep")]
    public void Depth_is_bounded(int arrays, string code)
    {
        var json = $$"""{"x":{{new string('[', arrays)}}{{new string(']', arrays)}}}""";
        Assert.Equal(code, Assert.Single(Faults(Verification(json))).Code);
    }

    [Fact]
    public void All_faults_come_at_once_structure_and_meaning()
    {
        var answer = StrictJson.Understand(
            """{"caseId":1,"checks":["face",null,"identity","identity"],"person":{"idNumber":"1","more":1}}"""u8,
            ApiJson.For<VerificationRequest>(),
            Judge
        );

        Assert.Equal(
            [
                ("/caseId", "wrong-type"),
                ("/checks/0", "unknown-value"),
                ("/checks/1", "null-element"),
                ("/person/more", "unknown-member"),
                ("/purpose", "missing"),
                ("/checks/3", "twice"),
                ("/person/idNumber", "length"),
            ],
            Faults(answer)
        );
    }

    [Fact]
    public void A_fault_that_only_our_cleaning_made_is_not_reported()
    {
        var answer = StrictJson.Understand(
            """{"caseId":"C","purpose":"p","checks":["face"],"person":"x"}"""u8,
            ApiJson.For<VerificationRequest>(),
            Judge
        );

        Assert.Equal([("/checks/0", "unknown-value"), ("/person", "wrong-type")], Faults(answer));
    }

    [Fact]
    public void Faults_of_headers_come_in_the_same_list()
    {
        var answer = StrictJson.Understand<WithdrawRequest, WithdrawRequest>(
            """{"reason":1}"""u8,
            ApiJson.For<WithdrawRequest>(),
            (_, faults) =>
            {
                faults.Add("header:Idempotency-Key", "length", "Too long.");
                return null;
            }
        );

        Assert.Equal([("/reason", "wrong-type"), ("header:Idempotency-Key", "length")], Faults(answer));
    }

    [Fact]
    public void The_list_of_faults_is_bounded()
    {
        var members = string.Join(',', Enumerable.Range(0, 5000).Select(_ => "\"x\":1"));
        var faults = Faults(Verification($$"""{{{members}}}"""));
        Assert.Equal(FaultList.Longest + 1, faults.Count);
        Assert.Equal(("", "too-many-faults"), faults[^1]);
    }

    [Fact]
    public void No_message_repeats_what_was_sent()
    {
        Verification("""{"caseId":["421022197001010112"],"张三":"张三","checks":["张三"]}""")
            .Succeeded(out _, out var refusal);
        var text = string.Concat(refusal!.Errors!.Select(fault => fault.ToString()));
        Assert.DoesNotContain("421022197001010112", text, StringComparison.Ordinal);
        Assert.DoesNotContain("张三", text, StringComparison.Ordinal);
    }

    internal static Result<JsonBody<VerificationRequest>> Verification(string json) =>
        StrictJson.Understand(Encoding.UTF8.GetBytes(json), ApiJson.For<VerificationRequest>(), Same);

    private static Result<JsonBody<ApplicationRequest>> Application(string json) =>
        StrictJson.Understand(Encoding.UTF8.GetBytes(json), ApiJson.For<ApplicationRequest>(), Same);

    private static T Same<T>(T request, FaultList faults) => request;

    private static VerificationRequest Judge(VerificationRequest request, FaultList faults)
    {
        if (request.CaseId is null)
        {
            faults.Add("/caseId", "missing", "Needed.");
        }

        if (request.Purpose is null)
        {
            faults.Add("/purpose", "missing", "Needed.");
        }

        if (request.Checks is not { Count: > 0 })
        {
            faults.Add("/checks", "missing", "Needed.");
        }
        else if (request.Checks.Count > 1 && request.Checks[0] == request.Checks[1])
        {
            faults.Add("/checks/1", "twice", "Twice.");
        }

        if (request.Person is null)
        {
            faults.Add("/person", "missing", "Needed.");
        }
        else
        {
            faults.Read("/person/idNumber", Contracts.Identifiers.ResidentId.Parse(request.Person.IdNumber));
        }

        return request;
    }

    private static List<(string Pointer, string Code)> Faults<T>(Result<JsonBody<T>> result)
        where T : notnull
    {
        Assert.False(result.Succeeded(out _, out var refusal));
        Assert.Equal(ProblemCodes.RequestInvalid, refusal.Code);
        return [.. refusal.Errors!.Select(fault => (fault.Pointer, fault.Code))];
    }
}
