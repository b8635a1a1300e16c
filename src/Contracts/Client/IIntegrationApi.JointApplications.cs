using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Refit;

namespace Integration.Contracts.Client;

/// <content>Flow 3: joint applications, and what utilities report.</content>
public partial interface IIntegrationApi
{
    /// <summary>Applies for several utilities in one form. <c>POST /v1/joint-applications</c>.</summary>
    /// <param name="request">The form.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="prefer">Header <c>Prefer</c>, e.g. <c>wait=3</c>; null leaves it to the gateway.</param>
    /// <param name="cancellationToken">Stops waiting. It may have been done all the same.</param>
    [Post("/v1/joint-applications")]
    Task<JointApplicationResponse> OpenJointApplicationAsync(
        [Body] JointApplicationRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        [Header("Prefer")] string? prefer = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>A joint application and where its legs stand. <c>GET /v1/joint-applications/{id}</c>.</summary>
    /// <param name="id">The number, <c>jnt_…</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/joint-applications/{id}")]
    Task<JointApplicationResponse> GetJointApplicationAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Takes every leg back. <c>POST /v1/joint-applications/{id}/withdraw</c>.</summary>
    /// <param name="id">The number, <c>jnt_…</c>.</param>
    /// <param name="request">Why.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting. It may have been done all the same.</param>
    [Post("/v1/joint-applications/{id}/withdraw")]
    Task<JointApplicationResponse> WithdrawJointApplicationAsync(
        string id,
        [Body] WithdrawRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Takes one leg back. <c>POST /v1/joint-applications/{id}/legs/{utility}/withdraw</c>.</summary>
    /// <param name="id">The number, <c>jnt_…</c>.</param>
    /// <param name="utility">Which leg.</param>
    /// <param name="request">Why.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting. It may have been done all the same.</param>
    [Post("/v1/joint-applications/{id}/legs/{utility}/withdraw")]
    Task<JointApplicationResponse> WithdrawLegAsync(
        string id,
        string utility,
        [Body] WithdrawRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Fills the gaps of one leg and sends it again. <c>POST /v1/joint-applications/{id}/legs/{utility}/resend</c>.</summary>
    /// <param name="id">The number, <c>jnt_…</c>.</param>
    /// <param name="utility">Which leg.</param>
    /// <param name="request">What was missing.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting. It may have been done all the same.</param>
    [Post("/v1/joint-applications/{id}/legs/{utility}/resend")]
    Task<JointApplicationResponse> ResendLegAsync(
        string id,
        string utility,
        [Body] LegResendRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Closes a problem out. <c>POST /v1/joint-applications/{id}/legs/{utility}/problems/{number}/close</c>.</summary>
    /// <param name="id">The number, <c>jnt_…</c>.</param>
    /// <param name="utility">Which leg.</param>
    /// <param name="number">Number of the problem within the leg.</param>
    /// <param name="request">How it was settled.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting. It may have been done all the same.</param>
    [Post("/v1/joint-applications/{id}/legs/{utility}/problems/{number}/close")]
    Task<JointApplicationResponse> CloseProblemAsync(
        string id,
        string utility,
        int number,
        [Body] ProblemCloseRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Proposes one visit for all utilities. <c>POST /v1/joint-applications/{id}/surveys</c>.</summary>
    /// <param name="id">The number, <c>jnt_…</c>.</param>
    /// <param name="request">When.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting. It may have been done all the same.</param>
    [Post("/v1/joint-applications/{id}/surveys")]
    Task<JointApplicationResponse> ProposeSurveyAsync(
        string id,
        [Body] SurveyRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Puts a permit on record. <c>POST /v1/joint-applications/{id}/permits</c>.</summary>
    /// <param name="id">The number, <c>jnt_…</c>.</param>
    /// <param name="request">The permit.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting. It may have been done all the same.</param>
    [Post("/v1/joint-applications/{id}/permits")]
    Task<JointApplicationResponse> ReportPermitAsync(
        string id,
        [Body] PermitRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reports a status; a utility's own client only. <c>POST /v1/utilities/{utility}/statuses</c>.</summary>
    /// <param name="utility">The utility that reports.</param>
    /// <param name="request">The status.</param>
    /// <param name="idempotencyKey">Header <c>Idempotency-Key</c>; null sends none.</param>
    /// <param name="cancellationToken">Stops waiting. It may have been done all the same.</param>
    [Post("/v1/utilities/{utility}/statuses")]
    Task<LegStatusResponse> ReportStatusAsync(
        string utility,
        [Body] LegStatusReport request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>What waits for a provider that pulls. <c>GET /v1/utilities/{utility}/work-list</c>.</summary>
    /// <param name="utility">The utility that pulls.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Get("/v1/utilities/{utility}/work-list")]
    Task<WorkListResponse> GetWorkListAsync(string utility, CancellationToken cancellationToken = default);

    /// <summary>Takes an item off the work list. <c>POST /v1/utilities/{utility}/work-list/{legId}/taken</c>.</summary>
    /// <param name="utility">The utility that pulls.</param>
    /// <param name="legId">The leg.</param>
    /// <param name="cancellationToken">Stops waiting. It may have been done all the same.</param>
    [Post("/v1/utilities/{utility}/work-list/{legId}/taken")]
    Task<LegStatusResponse> TakeWorkAsync(string utility, string legId, CancellationToken cancellationToken = default);
}
