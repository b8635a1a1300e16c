using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Notices;
using Integration.Contracts.V1.Operations;
using Integration.FlowTests.Sharing;
using Integration.Testing.World;

namespace Integration.FlowTests.Access;

/// <summary>
/// What comes back for each endpoint, each client and each object. <c>docs/spec/access.md</c> is this table as a page.
/// </summary>
internal static class AccessTable
{
    private const string Joint = "/v1/joint-applications";
    private static readonly DateTimeOffset s_from = new(2031, 3, 3, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>The rows in the order in which they are asked: what ends an object comes after what needs it.</summary>
    public static IReadOnlyList<AccessRow> Rows { get; } =
    [
        Row("GET", "/health/live", "", Open, _ => "/health/live"),
        Row("HEAD", "/health/live", "", Open, _ => "/health/live"),
        Row("GET", "/health/ready", "", Open, _ => "/health/ready"),
        Row("HEAD", "/health/ready", "", Open, _ => "/health/ready"),
        Row("GET", "/openapi/{documentName}.json", "", Open, _ => "/openapi/v1.json"),
        Row("GET", "/docs/{documentName?}", "", Open, _ => "/docs"),
        Row("GET", "/docs/scalar.js", "", Open, _ => "/docs/scalar.js"),
        Row("GET", "/docs/scalar.aspnetcore.js", "", Open, _ => "/docs/scalar.aspnetcore.js"),
        Row("GET", "/docs/favicon.svg", "", Open, _ => "/docs/favicon.svg"),
        Row("GET", "/v1/receipts/keys", "", Open, _ => "/v1/receipts/keys"),
        Row("OPTIONS", "/v1/events", "web-hook validation", Open, _ => "/v1/events") with
        {
            Headers = [("WebHook-Request-Origin", "municipal.example")],
        },
        Row("POST", "/oauth/token", "no proof of who asks", Every("400:request-invalid"), _ => "/oauth/token"),
        Row("POST", "/v1/verifications", "new", Granted(200), _ => "/v1/verifications", _ => HallRequests.Identity()),
        Row(
            "GET",
            "/v1/verifications/{verificationId}",
            "a verification",
            OwnersAndOperators,
            of => $"/v1/verifications/{of.Verification}"
        ),
        Row(
            "GET",
            "/v1/evidence/{evidenceId}",
            "a record of it",
            OwnersAndOperators,
            of => $"/v1/evidence/{of.Evidence}"
        ),
        Row(
            "POST",
            "/v1/applications",
            "new",
            Granted(201),
            _ => "/v1/applications",
            _ => HallRequests.Residential("p20", "t05")
        ),
        Row(
            "GET",
            "/v1/applications/{applicationId}",
            "an application",
            OwnersAndOperators,
            of => $"/v1/applications/{of.Application}"
        ),
        Row(
            "POST",
            "/v1/applications/{applicationId}/materials",
            "an application that misses papers",
            OwnersUnderGrant,
            of => $"/v1/applications/{of.Open}/materials",
            _ => new MaterialRequest
            {
                Proof = "lease",
                Reference = "FILE-1",
                Sha256 = new string('a', 64),
            }
        ),
        Row(
            "POST",
            "/v1/applications/{applicationId}/commitments",
            "an application that misses papers",
            OwnersUnderGrant,
            of => $"/v1/applications/{of.Promised}/commitments",
            _ => new CommitmentRequest
            {
                Proof = "lease",
                Reference = "PROMISE-1",
                SignedAt = HallRequests.Consent.GrantedAt,
            }
        ),
        Row(
            "POST",
            "/v1/applications/{applicationId}/withdraw",
            "an application",
            OwnersUnderGrant,
            of => $"/v1/applications/{of.Withdrawn}/withdraw",
            _ => new WithdrawRequest { Reason = "不办了" }
        ),
        Row("GET", "/v1/cases/{caseId}", "a case", OwnersAndOperators, of => $"/v1/cases/{of.Case}"),
        Row(
            "GET",
            "/v1/cases/{caseId}",
            "a case that an event opened",
            "401 200 404 404 404 200 404 404 404 404 200",
            of => $"/v1/cases/{of.EventCase}"
        ),
        Row(
            "POST",
            "/v1/cases/{caseId}/milestones",
            "a case",
            "401 201 404 404 403 404 404 404 404 404 404",
            of => $"/v1/cases/{of.Case}/milestones",
            _ => new MilestoneRequest { Milestone = "surveyed" }
        ),
        Row(
            "POST",
            "/v1/cases/{caseId}/stops",
            "a case",
            "401 201 404 404 403 404 404 404 404 404 404",
            of => $"/v1/cases/{of.Case}/stops",
            _ => new StopRequest
            {
                Clock = "whole",
                Reason = "customer-works",
                Evidence = "WORKS-2",
            }
        ),
        Row(
            "DELETE",
            "/v1/cases/{caseId}/stops/{stopId}",
            "a stop of a case",
            "401 200 404 404 403 404 404 404 404 404 404",
            of => $"/v1/cases/{of.Case}/stops/{of.Stop}"
        ),
        Row(
            "GET",
            "/v1/limits/report",
            "",
            "401 200 200 200 200 200 200 200 200 200 200",
            _ => "/v1/limits/report?from=2026-11-01&to=2026-11-02"
        ),
        Row(
            "POST",
            "/v1/events",
            "a signed event",
            "401 403 403 403 403 202 403 403 403 403 403",
            _ => "/v1/events"
        ) with
        {
            IsEvent = true,
        },
        Row(
            "GET",
            "/v1/events/{receiptId}",
            "an event of municipal",
            "401 404 404 404 404 200 404 404 404 404 200",
            of => $"/v1/events/{of.Receipt}"
        ),
        Row(
            "GET",
            "/v1/events/{receiptId}/receipt",
            "an event of municipal",
            "401 404 404 404 404 200 404 404 404 404 200",
            of => $"/v1/events/{of.Receipt}/receipt"
        ),
        Row(
            "POST",
            Joint,
            "new",
            "401 201 409:already-open 403 403 403 403 403 403 403 403",
            _ => Joint,
            _ => JointRequests.New("p15", "t15", [Utility.Television])
        ),
        Row("GET", $"{Joint}/{{id}}", "a joint application", OwnersAndOperators, of => $"{Joint}/{of.Joint}"),
        Row(
            "POST",
            $"{Joint}/{{id}}/surveys",
            "a joint application",
            OwnersUnderGrant,
            of => $"{Joint}/{of.Joint}/surveys",
            _ => new SurveyRequest { From = s_from, Until = s_from.AddHours(2) }
        ),
        Row(
            "POST",
            $"{Joint}/{{id}}/permits",
            "a joint application",
            OwnersUnderGrant,
            of => $"{Joint}/{of.Joint}/permits",
            _ => new PermitRequest { Permit = PermitKind.Road, State = PermitState.AppliedFor }
        ),
        Row(
            "POST",
            $"{Joint}/{{id}}/legs/{{utility}}/resend",
            "a leg that was returned",
            OwnersUnderGrant,
            of => $"{Joint}/{of.Returned}/legs/network/resend",
            _ => new LegResendRequest()
        ),
        Row(
            "POST",
            $"{Joint}/{{id}}/legs/{{utility}}/problems/{{number:int}}/close",
            "a problem of a leg",
            OwnersUnderGrant,
            of => $"{Joint}/{of.Disputed}/legs/network/problems/1/close",
            _ => new ProblemCloseRequest { Reference = "SETTLED-1" }
        ),
        Row(
            "GET",
            "/v1/utilities/{utility}/work-list",
            "the list of network",
            "401 403 403 403 403 403 403 200 403 403 403",
            _ => "/v1/utilities/network/work-list"
        ),
        Row(
            "POST",
            "/v1/utilities/{utility}/work-list/{legId}/taken",
            "a leg of network",
            "401 403 403 403 403 403 403 200 403 403 403",
            of => $"/v1/utilities/network/work-list/{of.Leg}/taken"
        ),
        Row(
            "POST",
            "/v1/utilities/{utility}/statuses",
            "a leg of network",
            "401 403 403 403 403 403 403 200 403 403 403",
            of => "/v1/utilities/network/statuses",
            of => new LegStatusReport
            {
                StatusId = $"{of.Leg}-1",
                LegId = of.Leg,
                State = "accepted",
                At = HallRequests.Consent.GrantedAt,
            }
        ),
        Row(
            "POST",
            "/v1/utilities/{utility}/work-list/{legId}/taken",
            "a leg of television, on the list of network",
            "401 403 403 403 403 403 403 403 403 403 403",
            of => $"/v1/utilities/network/work-list/{of.Joint}.television/taken"
        ),
        Row(
            "POST",
            "/v1/utilities/{utility}/statuses",
            "a leg of network, under the name of water",
            "401 403 403 403 403 403 403 403 403 403 403",
            of => "/v1/utilities/water/statuses",
            of => new LegStatusReport
            {
                StatusId = $"{of.Leg}-2",
                LegId = of.Leg,
                State = "accepted",
                At = HallRequests.Consent.GrantedAt,
            }
        ),
        Row(
            "POST",
            $"{Joint}/{{id}}/legs/{{utility}}/withdraw",
            "a leg",
            OwnersUnderGrant,
            of => $"{Joint}/{of.Given}/legs/network/withdraw",
            _ => new WithdrawRequest { Reason = "不办了" }
        ),
        Row(
            "POST",
            $"{Joint}/{{id}}/withdraw",
            "a joint application",
            OwnersUnderGrant,
            of => $"{Joint}/{of.Given}/withdraw",
            _ => new WithdrawRequest { Reason = "不办了" }
        ),
        Row(
            "POST",
            "/share/{resource}/{path}",
            "a question",
            Granted(200),
            _ => "/share/enterprise-register/query",
            _ => ShareFixture.BodyOf("enterprise-register/query")
        ) with
        {
            Headers = Testing.Drivers.Sharing.Headers,
        },
        Row(
            "any",
            "/share/{**path}",
            "a resource that does not exist",
            "401 404 404 404 404 404 404 404 404 404 404",
            _ => "/share/nothing/query"
        ) with
        {
            Headers = Testing.Drivers.Sharing.Headers,
        },
        Row("GET", "/v1/ops/agencies", "", Operators, _ => "/v1/ops/agencies"),
        Row(
            "PUT",
            "/v1/ops/agencies/{agency}/maintenance",
            "an agency",
            Operators,
            _ => "/v1/ops/agencies/licence-library/maintenance",
            _ => new MaintenanceRequest { Reason = "The library moves." }
        ),
        Row(
            "DELETE",
            "/v1/ops/agencies/{agency}/maintenance",
            "an agency",
            Operators,
            _ => "/v1/ops/agencies/licence-library/maintenance"
        ),
        Row(
            "POST",
            "/v1/ops/agencies/{agency}/diagnosis",
            "an agency",
            Operators,
            _ => "/v1/ops/agencies/grid-resource/diagnosis"
        ),
        Row("GET", "/v1/ops/sharing", "", Operators, _ => "/v1/ops/sharing"),
        Row("GET", "/v1/ops/calendars", "", Operators, _ => "/v1/ops/calendars"),
        Row(
            "PUT",
            "/v1/ops/calendars/{year}",
            "a year without days",
            OperatorsGet("400:request-invalid"),
            _ => "/v1/ops/calendars/2031",
            _ => "{}"
        ),
        Row("GET", "/v1/ops/audit", "", Operators, _ => "/v1/ops/audit"),
        Row(
            "GET",
            "/v1/ops/audit/{auditId}",
            "a record that does not exist",
            OperatorsGet("404"),
            _ => "/v1/ops/audit/aud_nothing"
        ),
        Row("GET", "/v1/ops/events/dead-letters", "", Operators, _ => "/v1/ops/events/dead-letters"),
        Row(
            "POST",
            "/v1/ops/events/{receiptId}/release",
            "an event that is no dead letter",
            OperatorsGet("409:state-conflict"),
            of => $"/v1/ops/events/{of.Receipt}/release",
            _ => new ReleaseRequest { Reason = "The fault is mended." }
        ),
        Row("GET", "/v1/ops/notices", "", Operators, _ => "/v1/ops/notices"),
        Row(
            "POST",
            "/v1/ops/notices/{noticeId}/replay",
            "a notice that does not exist",
            OperatorsGet("404"),
            _ => "/v1/ops/notices/ntc_nothing/replay"
        ),
        Row(
            "POST",
            "/v1/ops/notices/{noticeId}/dismiss",
            "a notice that does not exist",
            OperatorsGet("404"),
            _ => "/v1/ops/notices/ntc_nothing/dismiss"
        ),
        Row(
            "POST",
            "/v1/ops/notices/subscribers/{name}/replay",
            "a subscriber that does not exist",
            OperatorsGet("404"),
            _ => "/v1/ops/notices/subscribers/nothing/replay",
            _ => new ReplayRequest { CaseId = "HALL-1" }
        ),
    ];

    /// <summary>Open to all.</summary>
    private static string Open => Every("200");

    /// <summary>Its owner, also after its grants have ended, and operators read it; for all others it does not exist.</summary>
    private const string OwnersAndOperators = "401 200 404 404 200 404 404 404 404 404 200";

    /// <summary>Its owner changes it as long as a grant holds; operators see it and change nothing; for all others it does not exist.</summary>
    private const string OwnersUnderGrant = "401 200 404 404 403 404 404 404 404 404 403";

    /// <summary>Operators only.</summary>
    private static string Operators => OperatorsGet("200");

    private static string OperatorsGet(string answer) => $"401 403 403 403 403 403 403 403 403 403 {answer}";

    /// <summary>Clients with a grant that holds.</summary>
    private static string Granted(int answer) => $"401 {answer} {answer} 403 403 403 403 403 403 403 403";

    private static string Every(string answer) => string.Join(' ', AccessClients.All.Select(_ => answer));

    private static AccessRow Row(
        string method,
        string pattern,
        string thing,
        string answers,
        Func<AccessObjects, string> path,
        Func<AccessObjects, object>? body = null
    ) =>
        new(
            $"{method} {pattern}",
            thing,
            answers.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            of => new AccessCall(
                method == "any" ? HttpMethod.Get : HttpMethod.Parse(method),
                path(of),
                body?.Invoke(of)
            )
        );
}
