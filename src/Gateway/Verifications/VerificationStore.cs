using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Verifications.Intake;
using Integration.Gateway.Verifications.Recording;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Verifications;

/// <summary>Keeps verifications and gives them back to those who may see them.</summary>
internal sealed class VerificationStore(IDbContextFactory<GatewayDb> factory, PersonalDataVault vault)
{
    /// <summary>Stores everything of a verification, sealed.</summary>
    public void Insert(
        UnitOfWork unit,
        GrantedRequest granted,
        VerifyCommand command,
        VerificationResponse answer,
        StoredResponse kept
    )
    {
        unit.Append(
            new VerificationRow
            {
                VerificationId = answer.VerificationId,
                CaseId = answer.CaseId,
                CallerId = granted.Caller.Id,
                At = answer.CompletedAt,
                Request = vault.SealJson<VerificationRequest>(command.AsSent),
                Answer = kept.Body,
            }
        );
        unit.AppendRange(Subjects.Rows(command.Plan, granted, answer.VerificationId, vault, answer.CompletedAt));
    }

    /// <summary>The answer as it was sent, or null: unknown, or another caller's.</summary>
    public async Task<byte[]?> FindAsync(string verificationId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<VerificationRow>()
            .Where(row => row.VerificationId == verificationId)
            .Where(row => row.CallerId == caller.Id || caller.Kind == CallerKind.Ops)
            .Select(row => row.Answer)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
