using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Operations;

/// <summary>
/// Takes an agency out of service, and back. The audit record and the row are one commit; only then does it hold on this
/// node, and within seconds on the others.
/// </summary>
internal sealed class ChangeMaintenance(AuditTrail audit, MaintenanceCache maintenance, TimeProvider time)
{
    public const string On = "agency.maintenance.on";
    public const string Off = "agency.maintenance.off";

    /// <summary>Begins a maintenance, or changes reason and end of the one that is on.</summary>
    public async Task<Result<MaintenanceResponse>> BeginAsync(
        Caller ops,
        string agency,
        MaintenanceOrder order,
        CancellationToken cancellationToken
    )
    {
        var detail = JsonSerializer.Serialize(
            new MaintenanceRequest { Reason = order.Reason, Until = order.Until },
            IntegrationJson.Options
        );
        var begun = new BegunMaintenance(New(ops, agency, order));
        var recorded = await audit.RecordAsync(
            new AuditEntry(ops.Id, On, Subject(agency), detail),
            begun,
            cancellationToken
        );
        if (!recorded.Succeeded(out _, out var refusal))
        {
            return refusal;
        }

        maintenance.Apply(agency, begun.Row);
        return AnswerOf(begun.Row);
    }

    /// <summary>Ends the maintenance that is on.</summary>
    public async Task<Result<string>> EndAsync(Caller ops, string agency, CancellationToken cancellationToken)
    {
        if (!maintenance.Current.ContainsKey(agency))
        {
            return Refusal.NotFound("A maintenance of this agency");
        }

        var recorded = await audit.RecordAsync(
            new AuditEntry(ops.Id, Off, Subject(agency)),
            new EndedMaintenance(agency),
            cancellationToken
        );
        if (recorded.Succeeded(out _, out _))
        {
            maintenance.Apply(agency, row: null);
        }

        return recorded;
    }

    public static MaintenanceResponse AnswerOf(MaintenanceRow row) =>
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

    /// <summary>A maintenance that begins, or takes the place of the one that is on.</summary>
    private sealed class BegunMaintenance(MaintenanceRow begun) : IRowWrite
    {
        /// <summary>The row as it is written.</summary>
        public MaintenanceRow Row { get; private set; } = begun;

        public void WriteTo(GatewayDb db)
        {
            if (db.Find<MaintenanceRow>(Row.Agency) is not { } stored)
            {
                db.Add(Row);
                return;
            }

            (stored.Reason, stored.Until, stored.Actor) = (Row.Reason, Row.Until, Row.Actor);
            Row = stored;
        }
    }

    private sealed record EndedMaintenance(string Agency) : IRowWrite
    {
        public void WriteTo(GatewayDb db) =>
            db.Set<MaintenanceRow>().Where(row => row.Agency == Agency).ExecuteDelete();
    }
}
