using Integration.Gateway.Platform.Idempotency;

namespace Integration.Gateway.Verifications.Recording;

/// <summary>An answer is written once: the bytes that were signed are the bytes that are kept and sent.</summary>
internal static class KeptAnswers
{
    public static IResult ToResult(this KeptAnswer kept) =>
        Results.Text(kept.Body, "application/json; charset=utf-8", kept.Status);
}
