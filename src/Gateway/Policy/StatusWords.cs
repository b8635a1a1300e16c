using Integration.Contracts.Identifiers.Folding;

namespace Integration.Gateway.Policy;

/// <summary>Standing of an enterprise in the register.</summary>
internal enum EnterpriseStanding
{
    /// <summary>May do business.</summary>
    Active,

    /// <summary>Any other registered status, e.g. 停业, 清算, 迁出.</summary>
    Other,

    /// <summary>吊销: licence revoked.</summary>
    Revoked,

    /// <summary>注销, 撤销: struck off.</summary>
    Cancelled,
}

/// <summary>
/// What the status words of registers mean. A register may write one word, several, or one with others in brackets: all have to be known, and the
/// gravest counts. A word that is not here means nothing: it is shown, and never taken for a yes or a no.
/// </summary>
internal sealed record StatusWords
{
    private const int LongestShown = 20;
    private const string Between = "（）()〔〕[]【】、，,；;/·|";

    /// <summary>存续, 在业, 开业 and the like.</summary>
    public required IReadOnlyList<string> Active { get; init; }

    /// <summary>停业, 清算 and the like.</summary>
    public required IReadOnlyList<string> Other { get; init; }

    /// <summary>吊销 and the like.</summary>
    public required IReadOnlyList<string> Revoked { get; init; }

    /// <summary>注销, 撤销 and the like.</summary>
    public required IReadOnlyList<string> Cancelled { get; init; }

    public required string LegalReference { get; init; }

    /// <summary>What a registered status means; null: a word of it is not known.</summary>
    public EnterpriseStanding? StandingOf(string status)
    {
        var words = Normal(status).Split([.. Between], StringSplitOptions.RemoveEmptyEntries);
        EnterpriseStanding? gravest = null;
        foreach (var word in words)
        {
            if (MeaningOf(word) is not { } standing)
            {
                return null;
            }

            gravest = gravest > standing ? gravest : standing;
        }

        return gravest;
    }

    /// <summary>A status as it may be shown: only what looks like a word. An agency may put anything into the field, a name included.</summary>
    public static string? Shown(string status) =>
        Normal(status) is { Length: > 0 and <= LongestShown } word
        && word.All(c => c is >= '\u4E00' and <= '\u9FFF' || Between.Contains(c, StringComparison.Ordinal))
            ? word
            : null;

    /// <summary>Words that are under more than one heading.</summary>
    public IEnumerable<string> Repeated() =>
        Active
            .Concat(Other)
            .Concat(Revoked)
            .Concat(Cancelled)
            .GroupBy(word => word, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => same.Key);

    private EnterpriseStanding? MeaningOf(string word) =>
        Cancelled.Contains(word, StringComparer.Ordinal) ? EnterpriseStanding.Cancelled
        : Revoked.Contains(word, StringComparer.Ordinal) ? EnterpriseStanding.Revoked
        : Other.Contains(word, StringComparer.Ordinal) ? EnterpriseStanding.Other
        : Active.Contains(word, StringComparer.Ordinal) ? EnterpriseStanding.Active
        : null;

    private static string Normal(string status) =>
        string.Concat(CharacterFolding.Compatible(status).Where(c => !char.IsWhiteSpace(c)));
}
