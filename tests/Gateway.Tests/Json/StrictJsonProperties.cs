using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Tests.Json;

public class StrictJsonProperties
{
    private static readonly Gen<int> s_place = Gen.Int[0, Good.Length - 1];

    private static readonly string[] s_tokens =
    [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "1e9",
        "\"caseId\"",
        "\"person\"",
        "\"members\"",
        "\"checks\"",
        "\"identity\"",
        "\"\\ud83d\"",
        "\"2026-11-23T09:00:00+08:00\"",
        " ",
        "\u0000",
        "\"\\u0000\"",
    ];

    private static readonly Gen<string> s_fragments = Gen.Int[0, s_tokens.Length - 1]
        .Array[0, 40]
        .Select(picks => string.Concat(picks.Select(pick => s_tokens[pick])));

    [Fact]
    public void No_bytes_throw() => Gen.Byte.Array[0, 200].Sample(bytes => Judge(bytes), iter: 20_000);

    [Fact]
    public void No_sequence_of_tokens_throws() =>
        s_fragments.Sample(text => Judge(Encoding.UTF8.GetBytes(text)), iter: 50_000);

    [Fact]
    public void A_good_body_with_bytes_changed_never_throws() =>
        Gen.Select(s_place, Gen.Byte, s_place, Gen.Byte)
            .Sample(
                (i, a, j, b) =>
                {
                    var bytes = Good.ToArray();
                    bytes[i] = a;
                    bytes[j] = b;
                    return Judge(bytes);
                },
                iter: 50_000
            );

    [Fact]
    public void What_the_serializer_writes_is_read_as_it_was() =>
        Gen.Select(
                Gen.String.Null(),
                Gen.Decimal.Nullable(),
                Gen.Enum<Tenure>().Nullable(),
                Gen.DateTimeOffset.Nullable()
            )
            .Where((text, _, _, _) => IsSound(text))
            .Sample(
                (text, number, tenure, time) =>
                {
                    var request = new ApplicationRequest
                    {
                        CapacityKw = number,
                        Premises = new PremisesInput { Address = text, Tenure = tenure },
                        Basis = new LegalBasis { GrantedAt = time },
                        Members = [new HouseholdMemberInput { Name = text }],
                    };
                    var bytes = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                        request,
                        ApiJson.For<ApplicationRequest>()
                    );
                    var result = StrictJson.Understand(bytes, ApiJson.For<ApplicationRequest>(), (value, _) => value);
                    return result.Succeeded(out var body, out _)
                        && string.Equals(body.Value.Premises!.Address, text, StringComparison.Ordinal)
                        && body.Value.CapacityKw == number
                        && body.Value.Premises.Tenure == tenure
                        && body.Value.Basis!.GrantedAt == time;
                },
                iter: 5_000
            );

    [Fact]
    public void Any_unknown_member_anywhere_is_found() =>
        Gen.Int[0, 3]
            .Sample(place =>
            {
                var body = JsonNode.Parse(Good)!.AsObject();
                var target = place switch
                {
                    0 => body,
                    1 => body["applicant"]!.AsObject(),
                    2 => body["applicant"]!["person"]!.AsObject(),
                    _ => body["members"]![0]!.AsObject(),
                };
                target["intruder"] = true;
                var result = StrictJson.Understand(
                    Encoding.UTF8.GetBytes(body.ToJsonString()),
                    ApiJson.For<ApplicationRequest>(),
                    (value, _) => value
                );
                return !result.Succeeded(out _, out var refusal)
                    && refusal.Errors!.Single() is { Code: "unknown-member" } fault
                    && fault.Pointer.EndsWith("/intruder", StringComparison.Ordinal);
            });

    private static ReadOnlySpan<byte> Good =>
        """{"caseId":"C","applicant":{"person":{"name":"张三","idNumber":"1"}},"members":[{"name":"李四","consent":{"grantedAt":"2026-11-23T09:00:00+08:00"}}],"premises":{"tenure":"owner","lease":{"from":"2026-01-01"}},"capacityKw":8.5}"""u8;

    private static bool IsSound(string? text) =>
        text is null
        || (
            !text.Contains('\0', StringComparison.Ordinal)
            && text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar)
        );

    /// <summary>Ends in a value or a refusal with faults, never in an exception.</summary>
    private static bool Judge(byte[] bytes)
    {
        var answer = StrictJson.Understand(bytes, ApiJson.For<ApplicationRequest>(), (value, _) => value);
        return answer.Succeeded(out _, out var refusal) || refusal.Errors!.Count > 0;
    }
}
