using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>What is stored of a joint application keeps its names, its spelling and what its sealed texts are bound to.</summary>
public sealed class StoredJointTests
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private const string Stored = """
        {
          "jointId": "jnt_1", "caseId": "HALL-1", "callerId": "hall", "kind": "new", "purpose": "joint.new",
          "basis": "consent C-1", "policyVersion": "gongan-2022.1", "openedAt": "2026-11-23T01:00:00+00:00",
          "legs": [
            {
              "legId": "jnt_1.water", "utility": "water", "state": "suspended", "since": "2026-11-24T01:00:00+00:00",
              "work": "watch", "wakeAt": null, "sending": 2, "handedOver": true, "silences": 0, "reference": "R-1",
              "rawStatus": "07", "statusAt": "2026-11-24T01:00:00+00:00", "reachedAt": null, "staleUntil": null,
              "heldIn": "accepted", "suspension": { "reason": "掘路许可未获批准", "who": "authority" },
              "gaps": [{ "item": "consent", "text": "请单独同意" }], "handed": ["evd_1"],
              "papers": [{ "proof": "lease", "reference": "doc-1", "sha256": "aa" }],
              "fees": [{ "name": "移表费", "amount": 88 }],
              "problems": [
                {
                  "problem": "forbidden-fee", "text": "开户费 10 元", "since": "2026-11-24T01:00:00+00:00",
                  "closedAt": "2026-11-25T01:00:00+00:00", "reference": "F-9"
                }
              ],
              "visitNumber": 1, "confirmsVisit": true,
              "beneath": { "state": "accepted", "since": "2026-11-23T02:00:00+00:00" },
              "clocks": [
                {
                  "clock": "work", "limit": { "name": "joint-water", "workingDays": 4, "legalReference": "plan" },
                  "startedAt": "2026-11-23T01:00:00+00:00", "endedAt": null, "told": "yellow", "isSettled": false
                }
              ],
              "waits": [{ "who": "authority", "reason": "suspended", "from": "2026-11-24T01:00:00+00:00", "until": null }],
              "isUnwanted": false
            }
          ],
          "terms": {
            "acceptance": { "name": "joint-acceptance", "workingDays": 1, "legalReference": "plan" },
            "work": { "water": { "name": "joint-water", "workingDays": 4, "legalReference": "plan" } },
            "whole": { "name": "joint-whole", "workingDays": 5, "legalReference": "plan" },
            "yellowFromPercent": 70, "authorityTimeStops": true
          },
          "clocks": [], "waits": [], "lookAt": "2026-11-26T01:00:00+00:00",
          "proofs": [
            {
              "check": "identity", "outcome": "match", "asOf": null, "evidenceId": "evd_1", "isSeized": null,
              "seizureIsWithheld": false
            }
          ],
          "askAgainAt": null, "askedAgain": 0, "holdsPlace": true,
          "visit": {
            "number": 1, "from": "2026-11-25T01:00:00+00:00", "until": "2026-11-25T03:00:00+00:00",
            "proposedAt": "2026-11-23T03:00:00+00:00", "sharedWith": []
          },
          "permits": [
            {
              "permit": "road", "state": "refused", "reference": "P-1", "utilities": ["water"],
              "at": "2026-11-24T01:00:00+00:00"
            }
          ],
          "mandate": { "reference": "M-1", "at": "2026-11-23T01:00:00+00:00" },
          "acceptedJointlyAt": null, "version": 7
        }
        """;

    [Fact]
    public void A_stored_document_is_read_and_written_unchanged()
    {
        var joint = JsonSerializer.Deserialize<JointApplication>(Stored, s_json)!;
        Assert.Equal(new LegId("jnt_1", Contracts.V1.JointApplications.Utility.Water), joint.Legs[0].LegId);
        Assert.Equal(Text(JsonNode.Parse(Stored)!), Text(JsonNode.Parse(joint.ToJson())!));
        Assert.Equal(Text(JsonNode.Parse(Stored)!), Text(JsonNode.Parse(joint.Stored().ToJson())!));
    }

    [Fact]
    public void A_number_that_problems_had_once_is_read_over()
    {
        var older = JsonNode.Parse(Stored)!;
        older["legs"]![0]!["problems"]![0]!["number"] = null;
        var joint = older.Deserialize<JointApplication>(s_json)!;
        Assert.Equal("F-9", Assert.Single(joint.Legs[0].Problems).Reference);
    }

    /// <summary>A sealed text opens at its place only, and the place has the name under which it was first stored.</summary>
    [Theory]
    [InlineData("legs/0/fees/0/name", "LegFee.name", "移表费")]
    [InlineData("legs/0/papers/0/reference", "LegPaper.reference", "doc-1")]
    [InlineData("legs/0/problems/0/text", "LegProblem.text", "开户费 10 元")]
    [InlineData("legs/0/problems/0/reference", "LegProblem.reference", "F-9")]
    [InlineData("legs/0/suspension/reason", "LegSuspension.reason", "掘路许可未获批准")]
    [InlineData("legs/0/gaps/0/text", "LegGap.text", "请单独同意")]
    [InlineData("legs/0/reference", "Leg.reference", "R-1")]
    [InlineData("mandate/reference", "MandateAnswer.reference", "M-1")]
    [InlineData("permits/0/reference", "PermitAnswer.reference", "P-1")]
    public void Every_text_of_a_caller_or_provider_is_sealed_at_its_place(string path, string place, string text)
    {
        var bytes = DocumentKey.NewKey();
        var column = JsonSerializer.Deserialize<JointApplication>(Stored, s_json)!.Column(bytes);
        var node = JsonNode.Parse(column)!["document"]!;
        foreach (var step in path.Split('/'))
        {
            node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        }

        using var key = new DocumentKey(bytes);
        Assert.Equal(text, key.Open(Base64Url.DecodeFromChars(node.GetValue<string>()), place));
    }

    private static string Text(JsonNode node) => node.ToJsonString();
}
