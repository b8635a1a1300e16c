using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications;

/// <summary>What came of a form.</summary>
internal abstract record OpeningResult
{
    private OpeningResult() { }

    /// <summary>It is open.</summary>
    public sealed record Opened(StoredResponse Answer) : OpeningResult;

    /// <summary>The same is open already.</summary>
    /// <param name="JointId">Number of the caller's own; null: another caller's, which is not named.</param>
    public sealed record AlreadyOpen(string? JointId) : OpeningResult;

    /// <summary>Nothing was opened, for another reason.</summary>
    public sealed record Refused(Refusal Refusal) : OpeningResult;

    /// <summary>As callers are told it.</summary>
    public Result<StoredResponse> ToResult() =>
        this switch
        {
            Opened opened => opened.Answer,
            AlreadyOpen { JointId: { } jointId } => JointApplicationProblems.AlreadyOpen(jointId),
            AlreadyOpen => JointApplicationProblems.OpenElsewhere,
            Refused refused => refused.Refusal,
            _ => throw new InvalidOperationException("An opening comes to one of three."),
        };
}
