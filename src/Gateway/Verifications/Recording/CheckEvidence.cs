using System.Text.Json;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Verifications.Recording;

/// <summary>Checks and their calls as evidence.</summary>
internal static class CheckEvidence
{
    /// <summary>Appends what came of every check: first each call to an agency, those that failed too, then what came of them.</summary>
    public static void Append(this EvidenceRecorder evidence, IEnumerable<CheckReport> reports, TimeProvider time)
    {
        foreach (var report in reports)
        {
            Append(evidence, report, time);
        }
    }

    /// <summary>Appends a call that belongs to no check, if it was made.</summary>
    public static void Append(this EvidenceRecorder evidence, SourceAnswer? answer, string subject, TimeProvider time)
    {
        if (answer is null)
        {
            return;
        }

        evidence.AppendCall(
            Identifiers.New("evd", time),
            subject,
            Camel(answer.GetType().Name),
            answer is SourceAnswer.Known known ? Camel(known.Finding.Outcome.ToString()) : null,
            answer.Trace,
            answer switch
            {
                SourceAnswer.Refused refused => refused.Failure,
                SourceAnswer.Unanswered unanswered => unanswered.Failure,
                _ => null,
            }
        );
    }

    private static void Append(EvidenceRecorder evidence, CheckReport report, TimeProvider time)
    {
        foreach (var answer in report.Answers)
        {
            evidence.Append(answer, report.Check.Claim.Kind.Service(), time);
        }

        evidence.Append(
            EvidenceKind.Check,
            report.EvidenceId,
            report.Check.Key,
            Camel(report.Verdict.Outcome.ToString()),
            Detail(report.Verdict),
            report.EndedAt
        );
    }

    /// <summary>Names of fields only: which differ, which could not be compared, in which characters were folded.</summary>
    private static string? Detail(Verdict verdict)
    {
        var parts = new List<string>();
        if (verdict.Mismatches.Count > 0)
        {
            parts.Add(string.Join(',', verdict.Mismatches));
        }

        if (verdict.NotComparable.Count > 0)
        {
            var word = verdict.UnknownStatus is { } status ? $" ({status})" : "";
            parts.Add($"notComparable {string.Join(',', verdict.NotComparable)}{word}");
        }

        if (verdict.Folded.Count > 0)
        {
            parts.Add($"folded {string.Join(',', verdict.Folded)}");
        }

        return parts.Count > 0 ? string.Join("; ", parts) : null;
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
