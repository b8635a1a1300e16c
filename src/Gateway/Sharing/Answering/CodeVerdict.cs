using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>What an agency's own code means, by the catalogue. Pure.</summary>
internal static class CodeVerdict
{
    private static readonly AgencyFailure s_missing = AgencyFailures.Unreadable("code-missing");

    /// <summary>The failure that the code means; null: the answer is one, "no such record" included.</summary>
    /// <param name="codes">What the catalogue says; null: nothing.</param>
    /// <param name="watch">Has seen the code, or not.</param>
    public static AgencyFailure? FailureOf(CodesEntry? codes, AnswerWatch watch)
    {
        if (codes is null)
        {
            return null;
        }

        if (watch.Code is not { Length: > 0 } code)
        {
            return s_missing;
        }

        // An agency may put anything into its code: only what the catalogue lists is repeated.
        return IsIn(codes.Success, code) || IsIn(codes.NotFound, code) ? null
            : IsIn(codes.Refused, code)
                ? new AgencyFailure(FailureStage.Authorisation, FailureSide.Gateway, $"code-{code}")
            : IsIn(codes.Temporary, code)
                ? new AgencyFailure(FailureStage.Envelope, FailureSide.Agency, $"code-{code}") { IsTemporary = true }
            : new AgencyFailure(FailureStage.Envelope, FailureSide.Agency, "code-unlisted");
    }

    /// <summary>Whether the code says that there is no such record.</summary>
    public static bool IsNotFound(CodesEntry? codes, AnswerWatch watch) =>
        codes is not null && watch.Code is { } code && IsIn(codes.NotFound, code);

    private static bool IsIn(IReadOnlyList<string> codes, string code) => codes.Contains(code, StringComparer.Ordinal);
}
