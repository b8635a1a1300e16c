namespace Integration.Contracts.V1.Operations;

/// <summary>
/// Why an agency cannot be reached, step by step. Answer of <c>POST /v1/ops/agencies/{agency}/diagnosis</c>. Holds no secret
/// and no personal data.
/// </summary>
public sealed record DiagnosisResponse
{
    /// <summary>The agency.</summary>
    public required string Agency { get; init; }

    /// <summary>The node that looked: another may stand elsewhere in the network.</summary>
    public required string Node { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether no step failed.</summary>
    public required bool Sound { get; init; }

    /// <summary>The steps, address by address.</summary>
    public required IReadOnlyList<DiagnosisFinding> Steps { get; init; }
}

/// <summary>One step.</summary>
/// <param name="Step"><c>dns</c>, <c>tcp</c>, <c>tls</c>, <c>clock</c>, <c>secret</c> or <c>test-call</c>.</param>
/// <param name="Address">Host and port that it is about.</param>
/// <param name="State"><c>passed</c>, <c>failed</c> or <c>skipped</c>.</param>
/// <param name="ElapsedMs">How long it took, milliseconds.</param>
/// <param name="Detail">What was found and, when it failed, whose side it is and what to do.</param>
public sealed record DiagnosisFinding(string Step, string Address, string State, long ElapsedMs, string Detail);
