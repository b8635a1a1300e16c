namespace Integration.Gateway.Notices;

/// <summary>Something a subscriber is told. Holds no personal data: the subscriber looks the rest up with its own grants.</summary>
internal sealed record Notice
{
    /// <summary>What happened, e.g. <see cref="NoticeTypes.CaseAccepted"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The client whose subscribers are told; null: operators only.</summary>
    public required string? CallerId { get; init; }

    /// <summary>The case it is about.</summary>
    public required string CaseId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What is said, in the order in which it is written; values without personal data.</summary>
    public required IReadOnlyDictionary<string, string?> Data { get; init; }
}

/// <summary>The published types of notices (docs/spec/notices.md).</summary>
internal static class NoticeTypes
{
    public const string CaseAccepted = "case.accepted";
    public const string CaseChanged = "case.changed";
    public const string CaseWithdrawn = "case.withdrawn";

    /// <summary>An event that cannot become an application by itself.</summary>
    public const string CaseNeedsReview = "case.needs-review";

    /// <summary>Utilities other than electricity are wanted.</summary>
    public const string CaseUtilitiesWanted = "case.utilities-wanted";
    public const string ClockWarning = "clock.warning";
    public const string ClockOverdue = "clock.overdue";
    public const string ClockEscalated = "clock.escalated";

    /// <summary>An event opened a joint application.</summary>
    public const string JointOpened = "joint.opened";

    /// <summary>A leg of a joint application moved.</summary>
    public const string JointLegChanged = "joint.leg-changed";
    public const string JointReturned = "joint.returned";

    /// <summary>Every leg that was not taken back is connected.</summary>
    public const string JointConnected = "joint.connected";
    public const string JointReminder = "joint.reminder";
    public const string JointEscalation = "joint.escalation";
    public const string EventConflict = "event.conflict";
    public const string EventDeadLetter = "event.dead-letter";

    /// <summary>A leg has something that its people have to look at, most of it to be closed out (销号).</summary>
    public const string JointProblem = "joint.problem";

    /// <summary>Every provider comes at the proposed time.</summary>
    public const string JointSurveyArranged = "joint.survey-arranged";

    /// <summary>A provider cannot come at the proposed time.</summary>
    public const string JointSurveyDeclined = "joint.survey-declined";

    /// <summary>An authority refuses a permit; the legs that need it stand still.</summary>
    public const string JointPermitRefused = "joint.permit-refused";

    /// <summary>Every leg is inspected (联合验收).</summary>
    public const string JointInspected = "joint.inspected";

    /// <summary>
    /// What others can cause over and over, by events and statuses of their own: of several that wait and say the same, the
    /// newest is told.
    /// </summary>
    public static readonly IReadOnlyList<string> Repeatable =
    [
        EventConflict,
        JointLegChanged,
        JointReturned,
        JointProblem,
        JointSurveyArranged,
        JointSurveyDeclined,
    ];

    /// <summary>
    /// Those of them that say no more than the case does: when too much waits, only the newest of each case is told.
    /// Nothing that a law wants told is among them.
    /// </summary>
    public static readonly IReadOnlyList<string> ShownByTheCase = [EventConflict, JointLegChanged, JointProblem];
}
