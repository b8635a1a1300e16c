using Integration.Adapters.Ports;

namespace Integration.Adapters.Http;

/// <summary>
/// What happens to one call while it is under way. It travels with each attempt as a request option
/// (<c>[Property(AgencyCall.Option)] AgencyCall call</c> in the Refit interface) and ends as a <see cref="CallTrace"/>.
/// </summary>
internal sealed class AgencyCall(AgencyOperation operation, AgencyRequest request, DateTimeOffset askedAt)
{
    public const string Option = "integration.agency-call";

    private static readonly HttpRequestOptionsKey<AgencyCall> s_key = new(Option);

    public AgencyOperation Operation { get; } = operation;

    public AgencyRequest Request { get; } = request;

    /// <summary>How often a request has left, resends under a renewed key included.</summary>
    public int Attempts { get; private set; }

    /// <summary>Whether the call is waiting for a key or token.</summary>
    public bool AwaitsKey { get; set; }

    /// <summary>Whether the call got past the gate and the breaker.</summary>
    public bool Started { get; set; }

    /// <summary>The place it holds; null before it has one.</summary>
    public AgencyPlace? Place { get; set; }

    /// <summary>Until when the agency wants to be left alone, as the last attempt's answer said; null: it said nothing of that.</summary>
    public DateTimeOffset? PausesUntil { get; set; }

    private string? RequestDigest { get; set; }

    private string? AnswerDigest { get; set; }

    public static AgencyCall Get(HttpRequestMessage message) =>
        message.Options.TryGetValue(s_key, out var call)
            ? call
            : throw new InvalidOperationException("An agency API method has no AgencyCall property parameter.");

    public void Sent(string requestDigest)
    {
        Attempts++;
        RequestDigest = requestDigest;
        AnswerDigest = null;
        PausesUntil = null;
    }

    public void Answered(string answerDigest) => AnswerDigest = answerDigest;

    public CallTrace Trace(DateTimeOffset answeredAt) =>
        new(
            Operation.Agency,
            Operation.Name,
            Request.RequestId,
            askedAt,
            answeredAt,
            Attempts,
            RequestDigest,
            AnswerDigest
        );
}
