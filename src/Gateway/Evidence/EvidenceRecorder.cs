using Integration.Adapters.Ports;
using Integration.Gateway.Grants;

namespace Integration.Gateway.Evidence;

/// <summary>
/// Gathers the evidence of one request under its grant: created with what allows the request, before any agency is asked, and
/// committed before the answer leaves.
/// </summary>
internal sealed class EvidenceRecorder
{
    private readonly EvidenceDraft _cover;
    private readonly List<EvidenceDraft> _drafts = [];

    private EvidenceRecorder(EvidenceDraft cover) => _cover = cover;

    /// <summary>What was gathered, in order.</summary>
    public IReadOnlyList<EvidenceDraft> Drafts => _drafts;

    /// <summary>Begins the evidence of a request.</summary>
    /// <param name="granted">What allows the request.</param>
    /// <param name="basis">The legal basis.</param>
    /// <param name="parentId">The verification or application it belongs to.</param>
    /// <param name="policyVersion">The policy edition that rules it.</param>
    public static EvidenceRecorder Open(GrantedRequest granted, string basis, string parentId, string policyVersion) =>
        new(
            new EvidenceDraft
            {
                EvidenceId = string.Empty,
                Kind = EvidenceKind.Check,
                CaseId = granted.CaseId,
                CaseOwner = granted.Caller.Id, // acts in its own cases only
                ParentId = parentId,
                CallerId = granted.Caller.Id,
                Purpose = granted.Purpose,
                Basis = basis,
                Grants = granted.GrantsText,
                Subject = string.Empty,
                Outcome = string.Empty,
                PolicyVersion = policyVersion,
                At = default,
            }
        );

    /// <summary>Appends a fact that is not a call.</summary>
    public void Append(
        EvidenceKind kind,
        string evidenceId,
        string subject,
        string outcome,
        string? detail,
        DateTimeOffset at
    ) =>
        _drafts.Add(
            _cover with
            {
                EvidenceId = evidenceId,
                Kind = kind,
                Subject = subject,
                Outcome = outcome,
                Detail = detail,
                At = at,
            }
        );

    /// <summary>Appends a call to an agency, at the moment at which it was answered or given up.</summary>
    /// <param name="evidenceId">Number of the record.</param>
    /// <param name="subject">What was asked about.</param>
    /// <param name="outcome">What came of the call.</param>
    /// <param name="detail">What the answer came to; null: there was none to compare.</param>
    /// <param name="call">The call.</param>
    /// <param name="failure">Where and on whose side it failed; null: it did not.</param>
    public void AppendCall(
        string evidenceId,
        string subject,
        string outcome,
        string? detail,
        CallTrace call,
        AgencyFailure? failure
    ) =>
        _drafts.Add(
            _cover with
            {
                EvidenceId = evidenceId,
                Kind = EvidenceKind.AgencyCall,
                Subject = subject,
                Outcome = outcome,
                Detail = detail,
                Call = call,
                Failure = failure,
                At = call.AnsweredAt,
            }
        );
}
