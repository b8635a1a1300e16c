using System.Collections.Frozen;
using Integration.Contracts;
using Integration.Contracts.Problems;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>Something about a leg that has to be closed out, or holds it back. Its number is its place in the leg, from 1.</summary>
internal sealed record LegProblem
{
    /// <summary>One of <see cref="LegProblems.All"/>.</summary>
    public required string Problem { get; init; }

    /// <summary>What is known of it, also in a provider's own words.</summary>
    [PersonalData]
    public required string Text { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was closed out; null: it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Where it is on file how it was closed out; null: it is open, or it mended itself.</summary>
    [PersonalData]
    public string? Reference { get; init; }
}

/// <summary>The codes of the problems that a leg can have: all of them.</summary>
internal static class LegProblems
{
    /// <summary>The provider charges a fee that may not be charged.</summary>
    public const string ForbiddenFee = "forbidden-fee";

    /// <summary>A status contradicts what is known.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>The provider builds without a permit.</summary>
    public const string WithoutPermit = "without-permit";

    /// <summary>The provider does not take a leg back.</summary>
    public const string WithdrawalRefused = "withdrawal-refused";

    /// <summary>A source contradicts what the provider was handed, or was handed without a proof.</summary>
    public const string ProofContradicted = "proof-contradicted";

    /// <summary>Another status stands under a number that is taken for ever.</summary>
    public const string StatusConflict = ProblemCodes.StatusConflict;

    /// <summary>The provider does not accept it as it is.</summary>
    public const string Refused = "refused";

    /// <summary>No client of the utility may have it.</summary>
    public const string ReceiverNotGranted = "receiver-not-granted";

    /// <summary>The title is seized.</summary>
    public const string Seizure = "seizure";

    /// <summary>The account runs under another name.</summary>
    public const string AccountHolder = "account-holder";

    /// <summary>The registry has not answered whether the title is seized.</summary>
    public const string TitleUnanswered = "title-unanswered";

    /// <summary>The same applicant has another joint application open at the place.</summary>
    public const string AlreadyOpen = "already-open";

    /// <summary>What people settle with the provider and close out by hand.</summary>
    private static readonly FrozenSet<string> s_closedByHand = new[]
    {
        ForbiddenFee,
        Contradiction,
        WithoutPermit,
        WithdrawalRefused,
        ProofContradicted,
        StatusConflict,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What holds a leg back: it ends when its cause does, or when the leg is sent again.</summary>
    private static readonly FrozenSet<string> s_holding = new[]
    {
        Refused,
        ReceiverNotGranted,
        Seizure,
        AccountHolder,
        TitleUnanswered,
        AlreadyOpen,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every code.</summary>
    public static IReadOnlyCollection<string> All { get; } = [.. s_closedByHand, .. s_holding];

    /// <summary>Whether people close it out, rather than mend what it says and send the leg again.</summary>
    public static bool IsClosedByHand(string problem) => s_closedByHand.Contains(problem);
}
