using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>Reads the evidence by which a case is inspected.</summary>
internal static class InspectedEvidence
{
    private static readonly string[] s_traces =
    [
        EvidenceRecord.NameOf(EvidenceKind.Check),
        EvidenceRecord.NameOf(EvidenceKind.AgencyCall),
        EvidenceRecord.NameOf(EvidenceKind.SharedCall),
    ];

    public static async Task<InspectedRecords> ReadAsync(GatewayDb db, Case found, CancellationToken cancellationToken)
    {
        var ofCase = db.EvidenceOf(found.CallerId, found.CaseId);
        var entries = await ofCase.Where(row => row.Kind == CaseRecord.Clock).ToListAsync(cancellationToken);
        var missing = CaseInspection
            .NumbersOf(found)
            .Except(entries.Select(row => row.EvidenceId), StringComparer.Ordinal)
            .ToList();
        var named = await ofCase.Where(row => missing.Contains(row.EvidenceId)).ToListAsync(cancellationToken);
        return new InspectedRecords(
            [.. entries.Concat(named).Select(CaseRecord.From)],
            found.AcceptedAt is { } accepted
                ? await TraceOfAsync(ofCase, found.TakenBackAt, accepted, cancellationToken)
                : null
        );
    }

    private static Task<DateTimeOffset?> TraceOfAsync(
        IQueryable<EvidenceRow> ofCase,
        DateTimeOffset? takenBack,
        DateTimeOffset accepted,
        CancellationToken cancellationToken
    ) =>
        ofCase
            .Where(row => s_traces.Contains(row.Kind) && row.At < accepted)
            .Where(row => takenBack == null || row.At > takenBack)
            .OrderBy(row => row.At)
            .Select(row => (DateTimeOffset?)row.At)
            .FirstOrDefaultAsync(cancellationToken);
}
