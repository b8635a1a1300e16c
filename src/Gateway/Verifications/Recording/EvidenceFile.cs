using System.Text.Json;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Asking;

namespace Integration.Gateway.Verifications.Recording;

/// <summary>
/// The evidence of one request while it is gathered: opened with what allows the request, before any agency is asked, and
/// committed before the answer leaves.
/// </summary>
internal sealed class EvidenceFile
{
    private readonly EvidenceDraft _cover;
    private readonly List<EvidenceDraft> _drafts = [];

    private EvidenceFile(EvidenceDraft cover) => _cover = cover;

    /// <summary>What was gathered, in order.</summary>
    public IReadOnlyList<EvidenceDraft> Drafts => _drafts;

    /// <summary>Opens the file.</summary>
    /// <param name="granted">What allows the request.</param>
    /// <param name="basis">The legal basis.</param>
    /// <param name="parentId">The verification or application it belongs to.</param>
    /// <param name="policyVersion">The policy edition that rules it.</param>
    public static EvidenceFile Open(GrantedRequest granted, string basis, string parentId, string policyVersion) =>
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

    /// <summary>Appends what came of every check.</summary>
    public void Append(IEnumerable<CheckReport> reports, TimeProvider time)
    {
        foreach (var report in reports)
        {
            Append(report, time);
        }
    }

    /// <summary>Appends a call that belongs to no check, if it was made.</summary>
    public void Append(SourceAnswer? answer, string subject, TimeProvider time)
    {
        if (answer is not null)
        {
            _drafts.Add(Call(answer, subject, Identifiers.New("evd", time)));
        }
    }

    /// <summary>Appends a check: first each call to an agency, those that failed too, then what came of them.</summary>
    private void Append(CheckReport report, TimeProvider time)
    {
        var subject = report.Check.Claim.Kind.Service();
        _drafts.AddRange(report.Answers.Select(answer => Call(answer, subject, Identifiers.New("evd", time))));
        Append(
            EvidenceKind.Check,
            report.EvidenceId,
            report.Check.Key,
            Camel(report.Verdict.Outcome.ToString()),
            report.Verdict.Mismatches.Count > 0 ? string.Join(',', report.Verdict.Mismatches) : null,
            report.EndedAt
        );
    }

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

    private EvidenceDraft Call(SourceAnswer answer, string subject, string evidenceId) =>
        _cover with
        {
            EvidenceId = evidenceId,
            Kind = EvidenceKind.AgencyCall,
            Subject = subject,
            Outcome = Camel(answer.GetType().Name),
            Detail = answer is SourceAnswer.Known known ? Camel(known.Finding.Outcome.ToString()) : null,
            Call = answer.Trace,
            Failure = answer switch
            {
                SourceAnswer.Refused refused => refused.Failure,
                SourceAnswer.Unanswered unanswered => unanswered.Failure,
                _ => null,
            },
            At = answer.Trace.AnsweredAt,
        };

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
