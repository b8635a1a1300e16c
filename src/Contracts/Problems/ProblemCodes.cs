namespace Integration.Contracts.Problems;

/// <summary>The published problem codes; <c>docs/spec/problems.md</c> says of each what happened and what to do.</summary>
public static class ProblemCodes
{
    /// <summary>400: the body, a header or a path is malformed; <c>errors</c> lists every fault.</summary>
    public const string RequestInvalid = "request-invalid";

    /// <summary>401: no valid token or certificate.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>403: no grant allows it; the detail names the rule.</summary>
    public const string NotGranted = "not-granted";

    /// <summary>404: no such resource for this caller.</summary>
    public const string NotFound = "not-found";

    /// <summary>405: the resource has no such method.</summary>
    public const string MethodNotAllowed = "method-not-allowed";

    /// <summary>409: the idempotency key was used with another body.</summary>
    public const string IdempotencyConflict = "idempotency-conflict";

    /// <summary>409: the first request with this idempotency key is still running.</summary>
    public const string IdempotencyInProgress = "idempotency-in-progress";

    /// <summary>409: the resource is in a state that does not allow this.</summary>
    public const string StateConflict = "state-conflict";

    /// <summary>409: the same applicant has an open joint application at the same place; the detail names the caller's own, never another's.</summary>
    public const string AlreadyOpen = "already-open";

    /// <summary>409: another status was reported under the same number before.</summary>
    public const string StatusConflict = "status-conflict";

    /// <summary>401: an event's signature does not hold; the detail names the rule.</summary>
    public const string SignatureInvalid = "signature-invalid";

    /// <summary>409: another event was received under the same source and id before.</summary>
    public const string EventConflict = "event-conflict";

    /// <summary>422: an event whose signature holds cannot be understood; <c>errors</c> lists every fault.</summary>
    public const string EventInvalid = "event-invalid";

    /// <summary>503: the calendar of a year is not loaded, so a time limit cannot be computed; the detail names the year.</summary>
    public const string ClockDataMissing = "clock-data-missing";

    /// <summary>413: the body is larger than allowed.</summary>
    public const string BodyTooLarge = "body-too-large";

    /// <summary>415: the content type is not the one documented.</summary>
    public const string UnsupportedMediaType = "unsupported-media-type";

    /// <summary>429: too many requests.</summary>
    public const string TooManyRequests = "too-many-requests";

    /// <summary>429: the day's number of requests is used up.</summary>
    public const string QuotaExhausted = "quota-exhausted";

    /// <summary>500: a bug of ours.</summary>
    public const string InternalError = "internal-error";

    /// <summary>502: the agency answered that it does not do this for us.</summary>
    public const string AgencyRefused = "agency-refused";

    /// <summary>502: what the agency answered cannot be read, so nothing of it is handed on.</summary>
    public const string AnswerUnreadable = "answer-unreadable";

    /// <summary>502, 503 or 504: there is no answer of the agency.</summary>
    public const string AgencyUnavailable = "agency-unavailable";

    /// <summary>503: operators have taken the agency out of service.</summary>
    public const string AgencyMaintenance = "agency-maintenance";

    /// <summary>503: more requests at once than the gateway takes.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>503: evidence could not be committed, so there is no answer.</summary>
    public const string EvidenceUnavailable = "evidence-unavailable";

    /// <summary>503: the gateway cannot work now.</summary>
    public const string Unavailable = "unavailable";
}
