using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Cases.Model;

/// <summary>The next version of a case, what is told about it and what goes on record with it.</summary>
internal sealed record CaseChange(Case File, IReadOnlyList<Notice> Notices)
{
    /// <summary>What goes on record; empty for a change that stands on the record of something else.</summary>
    public IReadOnlyList<CaseFact> Facts { get; init; } = [];

    /// <summary>What it means for the teams.</summary>
    public IReadOnlyList<TeamMark> Marks { get; init; } = [];

    /// <summary>The act is refused all the same: what is kept is that it was tried.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Whether it leaves a case as it was: the same object, or still none.</summary>
    public bool Keeps(Case? before) => File is null || ReferenceEquals(before, File);

    /// <summary>Everything stays as it is, also when there is no case.</summary>
    public static CaseChange None(Case? found) => new(found!, []);

    public static implicit operator CaseChange(Case found) => new(found, []);
}

/// <summary>When an application was taken back, and the evidence of it.</summary>
internal sealed record Withdrawal(string EvidenceId, DateTimeOffset At);

/// <summary>One entry of a case on record.</summary>
/// <param name="EvidenceId">Its number.</param>
/// <param name="Subject">One of <see cref="FactSubjects"/>.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Detail">More, without personal data.</param>
/// <param name="At">When.</param>
internal sealed record CaseFact(string EvidenceId, string Subject, string Outcome, string? Detail, DateTimeOffset At);

/// <summary>What entries of a case are about.</summary>
internal static class FactSubjects
{
    /// <summary>A milestone was reached; the outcome is its name.</summary>
    public const string Milestone = "milestone";

    /// <summary>A stop began or ended.</summary>
    public const string Stop = "stop";

    /// <summary>A clock changed its colour, or got another limit; the outcome is the colour, or <see cref="Limited"/>.</summary>
    public const string Clock = "clock";

    /// <summary>A limit began to hold after acceptance.</summary>
    public const string Limited = "limited";

    /// <summary>Something an inspector would look at; the outcome is the flag.</summary>
    public const string Flag = "flag";

    /// <summary>Three clocks of a team turned yellow in a row.</summary>
    public const string Team = "team";
}

/// <summary>A clock of a team turned yellow, or ended on plan.</summary>
/// <param name="Team">The team within its office.</param>
/// <param name="IsYellow">False: it ended on plan, which ends the row.</param>
/// <param name="Limit">So many yellow ones in a row are red for the team.</param>
/// <param name="At">When it was seen.</param>
internal sealed record TeamMark(string Team, bool IsYellow, int Limit, DateTimeOffset At);
