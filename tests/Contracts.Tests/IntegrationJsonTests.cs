using System.Text.Json;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts.Tests;

public class IntegrationJsonTests
{
    [Fact]
    public void Bodies_are_camel_case_with_enums_as_text_and_Chinese_readable()
    {
        var json = JsonSerializer.Serialize(
            new PremisesInput { Address = "斗湖堤镇", Tenure = Tenure.Owner },
            IntegrationJson.Options
        );

        Assert.Contains("\"address\":\"斗湖堤镇\"", json, StringComparison.Ordinal);
        Assert.Contains("\"tenure\":\"owner\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "caseId":"a", "caseId":"b" }""")]
    [InlineData("""{ "caseid":"a" }""")]
    [InlineData("""{ "unknown":1 }""")]
    [InlineData("""{ "caseId":"a", }""")]
    [InlineData("""{ "caseId":"a" /* b */ }""")]
    [InlineData("""{ "checks":[0] }""")]
    [InlineData("""{ "checks":["0"] }""")]
    [InlineData("""{ "checks":["nothing"] }""")]
    [InlineData("""{ "caseId":1 }""")]
    [InlineData("""{ "basis":{ "grantedAt":"yesterday" } }""")]
    public void Anything_but_the_documented_shape_is_refused(string json) =>
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<VerificationRequest>(json, IntegrationJson.Options)
        );

    [Fact]
    public void A_number_as_text_is_refused() =>
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<ApplicationRequest>("""{ "capacityKw":"8" }""", IntegrationJson.Options)
        );

    [Fact]
    public void The_documented_shape_is_read()
    {
        var request = JsonSerializer.Deserialize<VerificationRequest>(
            """{ "checks":["propertyTitle"], "basis":{ "kind":"consent" } }""",
            IntegrationJson.Options
        );

        Assert.Equal([CheckName.PropertyTitle], request!.Checks);
        Assert.Equal(BasisKind.Consent, request.Basis!.Kind);
    }

    [Fact]
    public void An_answer_keeps_everything_over_a_round_trip()
    {
        var json = JsonSerializer.Serialize(
            JsonSerializer.Deserialize<ApplicationResponse>(Client.Answers.Application, IntegrationJson.AnswerOptions),
            IntegrationJson.Options
        );

        var again = JsonSerializer.Deserialize<ApplicationResponse>(json, IntegrationJson.Options);

        Assert.Equal(json, JsonSerializer.Serialize(again, IntegrationJson.Options));
        Assert.Contains("\"limit\":\"resident-low-voltage\"", json, StringComparison.Ordinal);
    }
}
