namespace Integration.Contracts.V1.Cases;

/// <summary>A step of the work was reached: <c>POST /v1/cases/{caseId}/milestones</c>. The time is the gateway's own.</summary>
public sealed record MilestoneRequest
{
    /// <summary>One of the policy's milestones, e.g. <c>surveyed</c>, <c>connected</c>.</summary>
    public string? Milestone { get; init; }
}

/// <summary>A clock stands still from now on: <c>POST /v1/cases/{caseId}/stops</c>. The time is the gateway's own.</summary>
public sealed record StopRequest
{
    /// <summary>The clock, e.g. <c>company</c>.</summary>
    public string? Clock { get; init; }

    /// <summary>Why, one of the closed list, e.g. <c>customer-materials</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Reference to what proves it; 1 to 128 of <c>A-Z a-z 0-9 . _ : / -</c>; no identity number.</summary>
    public string? Evidence { get; init; }
}
