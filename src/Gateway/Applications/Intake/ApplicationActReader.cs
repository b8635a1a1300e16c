using System.Text.RegularExpressions;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.Applications.Intake;

/// <summary>Understands what a caller does to an application: the act, or null and every fault in the list.</summary>
internal static partial class ApplicationActReader
{
    private const int LongestReason = 200;

    public static HandIn? Read(MaterialRequest request, FaultList faults)
    {
        var sound =
            IsProof(request.Proof, faults)
            & CaseFields.IsReference(request.Reference, "/reference", faults)
            & IsSha256(request.Sha256, faults);
        return sound
            ? new HandIn(request.Proof!, PaperKind.Upload, request.Reference!, request.Sha256!.ToLowerInvariant())
            : null;
    }

    public static HandIn? Read(CommitmentRequest request, DateTimeOffset now, FaultList faults)
    {
        var sound =
            IsProof(request.Proof, faults)
            & CaseFields.IsReference(request.Reference, "/reference", faults)
            & CaseFields.IsPast(request.SignedAt, now, "/signedAt", faults);
        return sound ? new HandIn(request.Proof!, PaperKind.Commitment, request.Reference!, Sha256: null) : null;
    }

    public static TakeBack? Read(WithdrawRequest request, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            faults.Add("/reason", "missing", "A reason is needed.");
            return null;
        }

        if (request.Reason.Length > LongestReason)
        {
            faults.Add("/reason", "length", "A reason has at most 200 characters.");
            return null;
        }

        return new TakeBack(request.Reason);
    }

    private static bool IsProof(string? proof, FaultList faults)
    {
        if (proof is not null && ProofPattern().IsMatch(proof))
        {
            return true;
        }

        faults.Add("/proof", proof is null ? "missing" : "pattern", "A name of the missing list is expected.");
        return false;
    }

    private static bool IsSha256(string? digest, FaultList faults)
    {
        if (digest is not null && Sha256Pattern().IsMatch(digest))
        {
            return true;
        }

        faults.Add("/sha256", digest is null ? "missing" : "pattern", "64 hexadecimal digits are expected.");
        return false;
    }

    [GeneratedRegex("^[A-Za-z0-9.-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex ProofPattern();

    [GeneratedRegex("^[0-9A-Fa-f]{64}$", RegexOptions.NonBacktracking)]
    private static partial Regex Sha256Pattern();
}
