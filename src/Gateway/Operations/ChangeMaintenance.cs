using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Operations;

/// <summary>
/// Takes an agency out of service, and back. The audit record and the row are one commit; only then does it hold on this
/// node, and within seconds on the others.
/// </summary>
internal sealed class ChangeMaintenance(AuditTrail audit, MaintenanceBoard board, TimeProvider time)
{
    public const string On = "agency.maintenance.on";
    public const string Off = "agency.maintenance.off";

    /// <summary>Begins a maintenance, or changes reason and end of the one that is on.</summary>
    public async Task<Result<MaintenanceAnswer>> Begin(
        Caller ops,
        string agency,
        MaintenanceOrder order,
        CancellationToken cancellationToken
    )
    {
        MaintenanceRow? row = null;
        var detail = JsonSerializer.Serialize(
            new MaintenanceRequest { Reason = order.Reason, Until = order.Until },
            IntegrationJson.Options
        );
        var recorded = await audit.Record(
            new AuditEntry(ops.Id, On, Subject(agency), detail),
            async (db, cancelled) =>
            {
                row = await db.Set<MaintenanceRow>().FindAsync([agency], cancelled);
                if (row is null)
                {
                    row = New(ops, agency, order);
                    db.Add(row);
                    return;
                }

                (row.Reason, row.Until, row.Actor) = (order.Reason, order.Until, ops.Id);
            },
            cancellationToken
        );
        if (!recorded.Succeeded(out _, out var refusal))
        {
            return refusal;
        }

        board.Apply(agency, row);
        return AnswerOf(row!);
    }

    /// <summary>Ends the maintenance that is on.</summary>
    public async Task<Result<string>> End(Caller ops, string agency, CancellationToken cancellationToken)
    {
        if (!board.Current.ContainsKey(agency))
        {
            return Refusal.NotFound("A maintenance of this agency");
        }

        var recorded = await audit.Record(
            new AuditEntry(ops.Id, Off, Subject(agency)),
            (db, cancelled) =>
                db.Set<MaintenanceRow>().Where(row => row.Agency == agency).ExecuteDeleteAsync(cancelled),
            cancellationToken
        );
        if (recorded.Succeeded(out _, out _))
        {
            board.Apply(agency, row: null);
        }

        return recorded;
    }

    public static MaintenanceAnswer AnswerOf(MaintenanceRow row) =>
        new()
        {
            Agency = row.Agency,
            Reason = row.Reason,
            Since = row.Since,
            Until = row.Until,
            By = row.Actor,
        };

    private static string Subject(string agency) => $"agency:{agency}";

    private MaintenanceRow New(Caller ops, string agency, MaintenanceOrder order) =>
        new()
        {
            Agency = agency,
            Reason = order.Reason,
            Since = time.GetUtcNow(),
            Until = order.Until,
            Actor = ops.Id,
        };
}
