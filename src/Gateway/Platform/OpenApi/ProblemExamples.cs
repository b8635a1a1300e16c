using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Platform.OpenApi;

/// <summary>A problem as it is really sent, for each status and code of the description.</summary>
internal static class ProblemExamples
{
    /// <summary>Every code of a problem, in order.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. typeof(ProblemCodes)
            .GetFields()
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal),
    ];

    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    /// <summary>The problem of the first code that is named; of an operation that names none, the usual one of the status.</summary>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="codes">Codes, separated by commas; or another text.</param>
    /// <returns>Null: no problem has this status.</returns>
    public static JsonNode? For(int status, string? codes)
    {
        var named = codes?.Split(',', StringSplitOptions.TrimEntries)[0];
        var code = ByCode(named, status) is null ? UsualOf(status) : named;
        return ByCode(code, status) is { } refusal
            ? JsonSerializer.SerializeToNode(
                ProblemResult.ProblemOf(refusal with { Status = status }) with
                {
                    TraceId = Trace,
                },
                ApiJson.For<Problem>()
            )
            : null;
    }

    private static string? UsualOf(int status) =>
        status switch
        {
            400 => ProblemCodes.RequestInvalid,
            401 => ProblemCodes.Unauthenticated,
            403 => ProblemCodes.NotGranted,
            404 => ProblemCodes.NotFound,
            405 => ProblemCodes.MethodNotAllowed,
            409 => ProblemCodes.StateConflict,
            413 => ProblemCodes.BodyTooLarge,
            415 => ProblemCodes.UnsupportedMediaType,
            422 => ProblemCodes.EventInvalid,
            429 => ProblemCodes.TooManyRequests,
            500 => ProblemCodes.InternalError,
            502 or 504 => ProblemCodes.AgencyUnavailable,
            503 => ProblemCodes.Unavailable,
            _ => null,
        };

    private static Refusal? ByCode(string? code, int status) =>
        code switch
        {
            ProblemCodes.RequestInvalid => Refusal.RequestInvalid([
                new("/caseId", "required", "A case number is needed."),
            ]),
            ProblemCodes.Unauthenticated => Refusal.Unauthenticated,
            ProblemCodes.SignatureInvalid => Refusal.SignatureInvalid(
                "Rule digest: the bytes are not those that were signed."
            ),
            ProblemCodes.NotGranted => Refusal.NotGranted("Rule purpose: no grant for this purpose is in force."),
            ProblemCodes.NotFound => Refusal.NotFound("This resource"),
            ProblemCodes.MethodNotAllowed => Refusal.MethodNotAllowed,
            ProblemCodes.IdempotencyConflict => Refusal.IdempotencyConflict,
            ProblemCodes.StateConflict => Refusal.ChangedMeanwhile,
            ProblemCodes.BodyTooLarge => Refusal.BodyTooLarge(),
            ProblemCodes.UnsupportedMediaType => Refusal.UnsupportedMediaType,
            ProblemCodes.TooManyRequests => Refusal.TooManyRequests,
            ProblemCodes.InternalError => Refusal.InternalError,
            ProblemCodes.Overloaded => Refusal.Overloaded,
            ProblemCodes.EvidenceUnavailable => Refusal.EvidenceUnavailable,
            ProblemCodes.Unavailable => Refusal.Unavailable,
            ProblemCodes.EventConflict => OfCaller(
                status,
                code,
                "Another event has this source and id.",
                "The first event stands and operators are told. Send a different event under an id of its own."
            ),
            ProblemCodes.EventInvalid => OfCaller(
                status,
                code,
                "The event cannot be understood.",
                "Nothing was stored. Mend every fault listed in errors, sign it and send it again."
            ) with
            {
                Errors = [new("/data/project/id", "required", "The number of the project is needed.")],
            },
            ProblemCodes.StatusConflict => OfCaller(
                status,
                code,
                "Another status has this number.",
                "The first status stands. Send a different status under a number of its own."
            ),
            ProblemCodes.AgencyUnavailable => new Refusal(
                status,
                code,
                "The agency does not answer.",
                "The agency was not reached, or not in time. Send it again after the time in Retry-After.",
                "agency:real-estate",
                RetryAdvice.Safe
            ),
            _ => null,
        };

    private static Refusal OfCaller(int status, string code, string title, string detail) =>
        new(status, code, title, detail, "caller", RetryAdvice.Never);
}
