using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Evidence;
using Integration.Contracts.V1.Notices;
using Integration.Contracts.V1.Operations;
using Integration.Contracts.V1.Verifications;
using Refit;

namespace Integration.Contracts.Client;

/// <summary>
/// The gateway's API as a typed client; registered by <see cref="IntegrationApiRegistration.AddIntegrationApi"/>.
/// </summary>
/// <remarks>
/// Every method throws an <see cref="IntegrationApiException"/> when there is no answer of the type promised:
/// <see cref="IntegrationProblemException"/> when the gateway refused, <see cref="IntegrationNoResponseException"/> when
/// nothing came back, <see cref="IntegrationBadResponseException"/> when what came back cannot be read,
/// <see cref="IntegrationTokenException"/> when no access token was given.
/// An idempotency key is 1 to 128 visible ASCII characters of the caller's own choosing: the same key with the same body
/// gives the same answer for ever; with another body it is refused as <c>idempotency-conflict</c>. Without a key a request
/// that got no response must not be sent again.
/// </remarks>
public partial interface IIntegrationApi
{
    /// <summary>Asks the agencies. <c>POST /v1/verifications</c>.</summary>
    /// <param name="request">What to check.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="prefer">Header <c>Prefer</c>, e.g. <c>wait=3</c> for at most 3 seconds; null leaves it to the gateway (5 s).</param>
    /// <param name="cancellationToken">Stops waiting. The gateway may have done its work all the same.</param>
    [Post("/v1/verifications")]
    Task<VerificationResponse> VerifyAsync(
        [Body] VerificationRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        [Header("Prefer")] string? prefer = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>An earlier verification of the same caller. <c>GET /v1/verifications/{verificationId}</c>.</summary>
    /// <param name="verificationId">The number, <c>vrf_…</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/verifications/{verificationId}")]
    Task<VerificationResponse> GetVerificationAsync(
        string verificationId,
        CancellationToken cancellationToken = default
    );

    /// <summary>Applies for an electricity service. <c>POST /v1/applications</c>.</summary>
    /// <param name="request">The application.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="prefer">Header <c>Prefer</c>, e.g. <c>wait=3</c>; null leaves it to the gateway.</param>
    /// <param name="cancellationToken">Stops waiting. The gateway may have accepted it all the same.</param>
    [Post("/v1/applications")]
    Task<ApplicationResponse> ApplyAsync(
        [Body] ApplicationRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        [Header("Prefer")] string? prefer = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>An application and where it stands. <c>GET /v1/applications/{applicationId}</c>.</summary>
    /// <param name="applicationId">The number, <c>app_…</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/applications/{applicationId}")]
    Task<ApplicationResponse> GetApplicationAsync(string applicationId, CancellationToken cancellationToken = default);

    /// <summary>Hands a paper in; the decision is taken again. <c>POST /v1/applications/{applicationId}/materials</c>.</summary>
    /// <param name="applicationId">The number, <c>app_…</c>.</param>
    /// <param name="request">The paper.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Post("/v1/applications/{applicationId}/materials")]
    Task<ApplicationResponse> AddMaterialAsync(
        string applicationId,
        [Body] MaterialRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Promises a paper; the decision is taken again. <c>POST /v1/applications/{applicationId}/commitments</c>.</summary>
    /// <param name="applicationId">The number, <c>app_…</c>.</param>
    /// <param name="request">The promise.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Post("/v1/applications/{applicationId}/commitments")]
    Task<ApplicationResponse> AddCommitmentAsync(
        string applicationId,
        [Body] CommitmentRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Takes an application back. <c>POST /v1/applications/{applicationId}/withdraw</c>.</summary>
    /// <param name="applicationId">The number, <c>app_…</c>.</param>
    /// <param name="request">Why.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Post("/v1/applications/{applicationId}/withdraw")]
    Task<ApplicationResponse> WithdrawAsync(
        string applicationId,
        [Body] WithdrawRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>One case over all flows. <c>GET /v1/cases/{caseId}</c>.</summary>
    /// <param name="caseId">The case number.</param>
    /// <param name="caller">Whose case, when several callers use the number; null: the caller's own.</param>
    /// <param name="cursor"><see cref="CaseResponse.Next"/> of the page after; null: the newest entries.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/cases/{caseId}")]
    Task<CaseResponse> GetCaseAsync(
        string caseId,
        [Query] string? caller = null,
        [Query] string? cursor = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reports that a step of the work was reached, now. <c>POST /v1/cases/{caseId}/milestones</c>.</summary>
    /// <param name="caseId">The case number.</param>
    /// <param name="request">The step.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="caller">Whose case, when several callers use the number.</param>
    /// <param name="cancellationToken">Stops waiting. It may be on record all the same.</param>
    [Post("/v1/cases/{caseId}/milestones")]
    Task<CaseResponse> ReachMilestoneAsync(
        string caseId,
        [Body] MilestoneRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        [Query] string? caller = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Stops a clock from now on. <c>POST /v1/cases/{caseId}/stops</c>.</summary>
    /// <param name="caseId">The case number.</param>
    /// <param name="request">The clock, the reason and what proves it.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="caller">Whose case, when several callers use the number.</param>
    /// <param name="cancellationToken">Stops waiting. It may be on record all the same.</param>
    [Post("/v1/cases/{caseId}/stops")]
    Task<StopResponse> BeginStopAsync(
        string caseId,
        [Body] StopRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        [Query] string? caller = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Ends a stop now; the history keeps it. <c>DELETE /v1/cases/{caseId}/stops/{stopId}</c>.</summary>
    /// <param name="caseId">The case number.</param>
    /// <param name="stopId">The number, <c>stp_…</c>.</param>
    /// <param name="caller">Whose case, when several callers use the number.</param>
    /// <param name="cancellationToken">Stops waiting. It may have ended all the same.</param>
    [Delete("/v1/cases/{caseId}/stops/{stopId}")]
    Task<StopResponse> EndStopAsync(
        string caseId,
        string stopId,
        [Query] string? caller = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>How the limits were kept by the cases accepted in a period. <c>GET /v1/limits/report</c>.</summary>
    /// <param name="from">First day of acceptance, <c>YYYY-MM-DD</c>, Asia/Shanghai.</param>
    /// <param name="to">Last day of acceptance; at most 366 days in all.</param>
    /// <param name="serviceType">One service; null: all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/limits/report")]
    Task<LimitsReport> GetLimitsReportAsync(
        [Query] string from,
        [Query] string to,
        [Query] string? serviceType = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>One record of the evidence log, for the caller it is about. <c>GET /v1/evidence/{evidenceId}</c>.</summary>
    /// <param name="evidenceId">The number, <c>evd_…</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/evidence/{evidenceId}")]
    Task<EvidenceResponse> GetEvidenceAsync(string evidenceId, CancellationToken cancellationToken = default);

    /// <summary>How the agencies are doing; operators only. <c>GET /v1/ops/agencies</c>.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/ops/agencies")]
    Task<AgenciesResponse> GetAgenciesAsync(CancellationToken cancellationToken = default);

    /// <summary>What is shared, with whom, and how it goes; operators only. <c>GET /v1/ops/sharing</c>.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/ops/sharing")]
    Task<SharingResponse> GetSharingAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes an agency out of service; operators only. <c>PUT /v1/ops/agencies/{agency}/maintenance</c>.</summary>
    /// <param name="agency">The agency's name.</param>
    /// <param name="request">Why, and until when.</param>
    /// <param name="cancellationToken">Stops waiting. It may be out of service all the same.</param>
    [Put("/v1/ops/agencies/{agency}/maintenance")]
    Task<MaintenanceResponse> BeginMaintenanceAsync(
        string agency,
        [Body] MaintenanceRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>Takes an agency back into service; operators only. <c>DELETE /v1/ops/agencies/{agency}/maintenance</c>.</summary>
    /// <param name="agency">The agency's name.</param>
    /// <param name="cancellationToken">Stops waiting. It may be in service all the same.</param>
    [Delete("/v1/ops/agencies/{agency}/maintenance")]
    Task<MaintenanceEnded> EndMaintenanceAsync(string agency, CancellationToken cancellationToken = default);

    /// <summary>Finds out why an agency cannot be reached; operators only. <c>POST /v1/ops/agencies/{agency}/diagnosis</c>.</summary>
    /// <param name="agency">The agency's name.</param>
    /// <param name="cancellationToken">Stops waiting. Takes up to 15 s and the time of one attempt at the agency.</param>
    [Post("/v1/ops/agencies/{agency}/diagnosis")]
    Task<DiagnosisResponse> DiagnoseAsync(string agency, CancellationToken cancellationToken = default);

    /// <summary>The years that can be counted in; operators only. <c>GET /v1/ops/calendars</c>.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/ops/calendars")]
    Task<CalendarsResponse> GetCalendarsAsync(CancellationToken cancellationToken = default);

    /// <summary>Loads the State Council's notice of a year; operators only. <c>PUT /v1/ops/calendars/{year}</c>.</summary>
    /// <param name="year">The year, at most the next one.</param>
    /// <param name="request">The notice; the same one again changes nothing.</param>
    /// <param name="cancellationToken">Stops waiting. It may be loaded all the same.</param>
    [Put("/v1/ops/calendars/{year}")]
    Task<CalendarResponse> LoadCalendarAsync(
        int year,
        [Body] CalendarRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>How the delivery of notices stands; operators only. <c>GET /v1/ops/notices</c>.</summary>
    /// <param name="after">Number of the last dead letter already read; null: from the beginning.</param>
    /// <param name="limit">Most dead letters, 1 to 500; null leaves it to the gateway (50).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/ops/notices")]
    Task<NoticesResponse> GetNoticesAsync(
        string? after = null,
        int? limit = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Sends one notice again under its own number; operators only. <c>POST /v1/ops/notices/{noticeId}/replay</c>.</summary>
    /// <param name="noticeId">The number, <c>ntc_…</c>.</param>
    /// <param name="cancellationToken">Stops waiting. It may be sent all the same.</param>
    [Post("/v1/ops/notices/{noticeId}/replay")]
    Task<ReplayResponse> ReplayNoticeAsync(string noticeId, CancellationToken cancellationToken = default);

    /// <summary>Lays a dead letter aside for good; operators only. <c>POST /v1/ops/notices/{noticeId}/dismiss</c>.</summary>
    /// <param name="noticeId">The number, <c>ntc_…</c>.</param>
    /// <param name="cancellationToken">Stops waiting. It may be laid aside all the same.</param>
    [Post("/v1/ops/notices/{noticeId}/dismiss")]
    Task<ReplayResponse> DismissNoticeAsync(string noticeId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends notices of a subscriber again under their own numbers; operators only.
    /// <c>POST /v1/ops/notices/subscribers/{name}/replay</c>.
    /// </summary>
    /// <param name="name">The subscriber.</param>
    /// <param name="request">Which ones.</param>
    /// <param name="cancellationToken">Stops waiting. They may be sent all the same.</param>
    [Post("/v1/ops/notices/subscribers/{name}/replay")]
    Task<ReplayResponse> ReplayNoticesAsync(
        string name,
        [Body] ReplayRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>What was done to the gateway, oldest first; operators only. <c>GET /v1/ops/audit</c>.</summary>
    /// <param name="after">Number of the last record already read; null: from the beginning.</param>
    /// <param name="limit">Most records, 1 to 500; null leaves it to the gateway (50).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/ops/audit")]
    Task<AuditResponse> GetAuditAsync(
        string? after = null,
        int? limit = null,
        CancellationToken cancellationToken = default
    );
}
