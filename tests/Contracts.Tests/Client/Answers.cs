namespace Integration.Contracts.Tests.Client;

/// <summary>Bodies as the gateway sends them.</summary>
internal static class Answers
{
    public const string Verification = """
        { "verificationId":"vrf_1", "caseId":"HALL-1", "completedAt":"2026-11-23T09:00:01+08:00",
          "checks":[{ "check":"identity", "outcome":"sourceUnavailable", "mismatches":[], "evidenceId":"evd_1", "elapsedMs":12 }],
          "receipt":{ "id":"rcp_1", "signature":"AA==" } }
        """;

    public const string Application = """
        { "applicationId":"app_1", "caseId":"HALL-1", "state":"open", "acceptedAt":"2026-11-23T09:00:01+08:00",
          "decision":{ "outcome":"zeroCertificate", "rule":"all-proofs-shared", "explanation":"。", "proofs":[], "missing":[],
            "decidedAt":"2026-11-23T09:00:01+08:00", "policyVersion":"2026-1", "evidenceId":"evd_2" },
          "limits":[{ "limit":"resident-low-voltage", "dueAt":"2026-11-25T18:00:00+08:00", "legalReference":"§" }],
          "supply":{ "voltage":"220V", "zeroCost":true, "rule":"residents" },
          "commitments":[], "history":[], "receipt":{ "id":"rcp_2", "signature":"AA==" } }
        """;

    public const string Problem = """
        { "type":"urn:integration:problem:request-invalid", "title":"The request is not valid.", "status":400,
          "code":"request-invalid", "detail":"Nothing was stored.", "traceId":"0af7651916cd43dd8448eb211c80319c",
          "party":"caller", "retry":"never",
          "errors":[{ "pointer":"/person/idNumber", "code":"checksum", "message":"Wrong." }] }
        """;
}
