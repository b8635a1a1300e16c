using System.Collections.Frozen;
using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Operations;

/// <summary>The agencies that operators have taken out of service on any node.</summary>
internal sealed partial class MaintenanceCache(
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time,
    ILogger<MaintenanceCache> logger
)
    : PolledTable<MaintenanceRow, FrozenDictionary<string, MaintenanceRow>>(
        factory,
        time,
        FrozenDictionary<string, MaintenanceRow>.Empty
    ),
        IAgencyMaintenance
{
    /// <summary>By agency.</summary>
    public IReadOnlyDictionary<string, MaintenanceRow> Current => View;

    public AgencyMaintenance? Find(string agency) =>
        Current.TryGetValue(agency, out var row) ? new AgencyMaintenance(row.Agency, row.Since, row.Until) : null;

    /// <summary>A change that was committed by this node holds here at once.</summary>
    /// <param name="agency">The agency.</param>
    /// <param name="row">Null: its maintenance has ended.</param>
    public void Apply(string agency, MaintenanceRow? row) =>
        Change(rows => ByAgency(rows.Values.Where(other => other.Agency != agency).Concat(row is null ? [] : [row])));

    protected override FrozenDictionary<string, MaintenanceRow> ViewOf(
        FrozenDictionary<string, MaintenanceRow> before,
        IReadOnlyList<MaintenanceRow> rows
    ) => ByAgency(rows);

    protected override void OnNotRead(string reason) => Log.NotRead(logger, reason);

    private static FrozenDictionary<string, MaintenanceRow> ByAgency(IEnumerable<MaintenanceRow> rows) =>
        rows.ToFrozenDictionary(row => row.Agency, StringComparer.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(
            1720,
            LogLevel.Warning,
            "Which agencies are in maintenance cannot be read ({Reason}); what was last read holds."
        )]
        public static partial void NotRead(ILogger logger, string reason);
    }
}
