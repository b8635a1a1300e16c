using System.Collections.Frozen;
using Integration.Adapters.Ports;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Operations;

/// <summary>
/// The agencies that operators have taken out of service, as the database says. Read before the listeners open and every two
/// seconds, so that what was said on another node holds here soon; while the database does not answer, what was last
/// read holds.
/// </summary>
internal sealed partial class MaintenanceBoard(
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time,
    ILogger<MaintenanceBoard> logger
) : BackgroundService, IAgencyMaintenance
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private FrozenDictionary<string, MaintenanceRow> _rows = FrozenDictionary<string, MaintenanceRow>.Empty;
    private long _changes;

    /// <summary>By agency.</summary>
    public IReadOnlyDictionary<string, MaintenanceRow> Current => Volatile.Read(ref _rows);

    public AgencyMaintenance? Of(string agency) =>
        Current.TryGetValue(agency, out var row) ? new AgencyMaintenance(row.Agency, row.Since, row.Until) : null;

    /// <summary>Without knowing what is out of service the gateway does not start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Read(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>A change that was committed by this node holds here at once.</summary>
    /// <param name="agency">The agency.</param>
    /// <param name="row">Null: its maintenance has ended.</param>
    public void Apply(string agency, MaintenanceRow? row)
    {
        lock (_lock)
        {
            var rows = _rows.Where(other => other.Key != agency).ToDictionary(StringComparer.Ordinal);
            if (row is not null)
            {
                rows[agency] = row;
            }

            _changes++;
            Volatile.Write(ref _rows, rows.ToFrozenDictionary(StringComparer.Ordinal));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(s_period, time, stoppingToken);
                await TryRead(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private async Task TryRead(CancellationToken cancellationToken)
    {
        try
        {
            await Read(cancellationToken);
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Unavailable)
        {
            Log.NotRead(logger, reason.GetType().Name);
        }
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<MaintenanceRow>().AsNoTracking().ToListAsync(cancellationToken);
        lock (_lock)
        {
            // What this node changed while it was reading is newer than what it read.
            if (changes == _changes)
            {
                Volatile.Write(ref _rows, rows.ToFrozenDictionary(row => row.Agency, StringComparer.Ordinal));
            }
        }
    }

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
