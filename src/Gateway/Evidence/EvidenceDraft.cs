using Integration.Adapters.Ports;

namespace Integration.Gateway.Evidence;

/// <summary>One fact to be put on record. Holds no personal data.</summary>
internal sealed record EvidenceDraft
{
    /// <summary><c>evd_…</c>.</summary>
    public required string EvidenceId { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>The case number of <see cref="CaseOwner"/>.</summary>
    public required string CaseId { get; init; }

    /// <summary>
    /// The client whose case it is; another than <see cref="CallerId"/> when another client acts in it, e.g. delivers an event or
    /// reports a milestone.
    /// </summary>
    public required string CaseOwner { get; init; }

    /// <summary>The verification or application it belongs to.</summary>
    public required string ParentId { get; init; }

    /// <summary>Who asked, or acted.</summary>
    public required string CallerId { get; init; }

    public required string Purpose { get; init; }

    /// <summary>Kind and reference of the legal basis.</summary>
    public required string Basis { get; init; }

    /// <summary>The grants that allowed it.</summary>
    public required string Grants { get; init; }

    /// <summary>What was checked or decided, e.g. <c>propertyTitle</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Rule, differing fields or failure, for a reader; no values.</summary>
    public string? Detail { get; init; }

    /// <summary>The agency call, when there was one.</summary>
    public CallTrace? Call { get; init; }

    /// <summary>Where and on whose side the call failed.</summary>
    public AgencyFailure? Failure { get; init; }

    /// <summary>Version of the policy data in force.</summary>
    public required string PolicyVersion { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>The kinds of evidence.</summary>
internal enum EvidenceKind
{
    /// <summary>One question to one agency.</summary>
    AgencyCall,

    /// <summary>One request forwarded to one agency.</summary>
    SharedCall,

    /// <summary>The outcome of one check, over all its sources.</summary>
    Check,

    /// <summary>A decision on an application.</summary>
    Decision,

    /// <summary>Something a party did: material, commitment, withdrawal.</summary>
    Act,

    /// <summary>An event that was received, or what came of it.</summary>
    Event,

    /// <summary>A clock was started, stopped, ended, or changed its colour; a milestone was reached.</summary>
    Clock,

    /// <summary>A leg of a joint application moved, was handed on, or something was reported of it.</summary>
    Leg,

    /// <summary>A caller looked at personal data.</summary>
    Look,
}
