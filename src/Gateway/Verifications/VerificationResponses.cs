using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Verifications.Comparing;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.Verifications;

/// <summary>A verification as its caller sees it, not yet signed. Pure.</summary>
internal static class VerificationResponses
{
    public static VerificationResponse From(
        string verificationId,
        VerifyCommand command,
        IReadOnlyList<CheckReport> reports
    ) =>
        new()
        {
            VerificationId = verificationId,
            CaseId = command.Case.CaseId,
            Checks = [.. reports.Zip(command.AsSent.Checks!, From)],
            CompletedAt = ChinaTime.In(reports.Max(report => report.EndedAt)),
            Receipt = ReceiptSigner.Unsigned,
        };

    private static CheckResult From(CheckReport report, CheckName check) =>
        new()
        {
            Check = check,
            Outcome = report.Verdict.Outcome,
            Mismatches = report.Verdict.Mismatches,
            NotComparable = report.Verdict.NotComparable,
            Source = report.Source,
            EvidenceId = report.EvidenceId,
            ElapsedMs = (long)report.Elapsed.TotalMilliseconds,
            Note = report.Note,
        };
}
