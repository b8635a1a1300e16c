using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>
/// The evidence by which a case is inspected, whole however long its timeline is: every entry of the case, every record that its file
/// names, and when the agencies were first asked.
/// </summary>
/// <param name="Records">Entries of the case and records that its file names.</param>
/// <param name="FirstTrace">The first call or check since the case was last taken back; null: none came before acceptance.</param>
internal sealed record InspectedRecords(IReadOnlyList<CaseRecord> Records, DateTimeOffset? FirstTrace)
{
    private static readonly string[] s_traces =
    [
        EvidenceRecord.NameOf(EvidenceKind.Check),
        EvidenceRecord.NameOf(EvidenceKind.AgencyCall),
        EvidenceRecord.NameOf(EvidenceKind.SharedCall),
    ];

    public static async Task<InspectedRecords> Read(GatewayDb db, CaseFile file, CancellationToken cancellationToken)
    {
        var ofCase = db.EvidenceOf(file.CallerId, file.CaseId);
        var entries = await ofCase.Where(row => row.Kind == CaseRecord.Clock).ToListAsync(cancellationToken);
        var missing = CaseInspection
            .NumbersOf(file)
            .Except(entries.Select(row => row.EvidenceId), StringComparer.Ordinal)
            .ToList();
        var named = await ofCase.Where(row => missing.Contains(row.EvidenceId)).ToListAsync(cancellationToken);
        return new InspectedRecords(
            [.. entries.Concat(named).Select(CaseRecord.From)],
            file.AcceptedAt is { } accepted
                ? await TraceOf(ofCase, file.TakenBackAt, accepted, cancellationToken)
                : null
        );
    }

    private static Task<DateTimeOffset?> TraceOf(
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
