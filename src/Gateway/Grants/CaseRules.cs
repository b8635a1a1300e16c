using System.Text.RegularExpressions;

namespace Integration.Gateway.Grants;

/// <summary>How every request says which case it belongs to and on what ground it asks. Null: nothing is wrong.</summary>
internal static partial class CaseRules
{
    /// <summary>A caller's clock may run ahead of ours by this much.</summary>
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(5);

    public static (string Code, string Message)? OfCaseId(string? caseId) =>
        caseId is null ? ("missing", "A case number is needed.")
        : CaseIdPattern().IsMatch(caseId) ? null
        : ("pattern", "A case number has 1 to 64 of A-Z a-z 0-9 . _ -");

    /// <summary>A reference to something kept elsewhere.</summary>
    public static (string Code, string Message)? OfReference(string? reference) =>
        reference switch
        {
            null => ("missing", "A reference is needed."),
            _ when string.IsNullOrWhiteSpace(reference) || reference.Length > 128 => (
                "length",
                "A reference has 1 to 128 characters."
            ),
            _ when reference.Any(char.IsControl) => ("character", "A reference has no control characters."),
            _ => null,
        };

    /// <summary>A moment that has already been.</summary>
    public static (string Code, string Message)? OfPast(DateTimeOffset? moment, DateTimeOffset now) =>
        moment is not { } known ? ("missing", "A time is needed.")
        : known > now + s_clockSkew ? ("in-the-future", "The time lies in the future.")
        : null;

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex CaseIdPattern();
}
