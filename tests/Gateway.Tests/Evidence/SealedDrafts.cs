using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Tests.Evidence;

/// <summary>Commits drafts together with what a test writes.</summary>
internal static class SealedDrafts
{
    public static Task<Result<SealedEvidence>> SealAsync(
        this EvidenceLog log,
        IReadOnlyList<EvidenceDraft> drafts,
        Action<GatewayDb> alongside,
        CancellationToken cancellationToken
    )
    {
        var unit = UnitOfWork.From(drafts);
        unit.Write(new TestWrite(alongside));
        return log.CommitAsync(unit, cancellationToken);
    }

    private sealed record TestWrite(Action<GatewayDb> Write) : IRowWrite
    {
        public void WriteTo(GatewayDb db) => Write(db);
    }
}
