using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Verifications.Recording;

/// <summary>Keeps verifications and gives them back to those who may see them.</summary>
internal sealed class VerificationStore(IDbContextFactory<GatewayDb> factory, PersonalDataVault vault)
{
    /// <summary>Everything to be stored of a verification; sealed here, added within the transaction of the evidence.</summary>
    public Action<GatewayDb> Rows(
        GrantedRequest granted,
        VerifyCommand command,
        VerificationAnswer answer,
        KeptAnswer kept
    )
    {
        var row = new VerificationRow
        {
            VerificationId = answer.VerificationId,
            CaseId = answer.CaseId,
            CallerId = granted.Caller.Id,
            At = answer.CompletedAt,
            Request = vault.SealJson<VerificationRequest>(command.AsSent),
            Answer = kept.Body,
        };
        var subjects = Subjects.Rows(command.Plan, granted, answer.VerificationId, vault, answer.CompletedAt);
        return db =>
        {
            db.Append(row);
            db.AppendRange(subjects);
        };
    }

    /// <summary>The answer as it was sent, or null: unknown, or somebody else's.</summary>
    public async Task<byte[]?> Find(string verificationId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<VerificationRow>()
            .Where(row => row.VerificationId == verificationId)
            .Where(row => row.CallerId == caller.Id || caller.Kind == CallerKind.Ops)
            .Select(row => row.Answer)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
