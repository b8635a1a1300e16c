using Integration.Adapters.Ports;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.CatchUp;

/// <summary>Sees to it that every source that can be asked has a sweep; one that was missed is still there and due.</summary>
internal sealed class SweepStart(
    EventSources sources,
    IEnumerable<IEventCatchUp> agencies,
    IDbContextFactory<GatewayDb> factory,
    EvidenceLog log,
    IOptions<EventOptions> options,
    TimeProvider time
) : IHostedService
{
    /// <summary>Sets what is not set.</summary>
    /// <exception cref="OptionsValidationException">A source names an agency that gives no events.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        RefuseUnknownAgencies();
        foreach (var source in sources.All.Where(source => source.Options.CatchUp is not null))
        {
            await SetUnlessSetAsync(source, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void RefuseUnknownAgencies()
    {
        var faults = sources
            .All.Where(source => source.Options.CatchUp is { } name && agencies.All(agency => agency.Agency != name))
            .Select(source => $"{EventOptions.Section}: source {source.Name}: CatchUp: no such agency gives events.")
            .ToList();
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(EventOptions.Section, typeof(EventOptions), faults);
        }
    }

    private async Task SetUnlessSetAsync(EventSource source, CancellationToken cancellationToken)
    {
        var hash = SweepKey.HashOf(source);
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var isSet = await db.Set<TimerRow>()
            .AnyAsync(row => row.Kind == SweepTimer.TimerKind && row.Key.StartsWith(hash), cancellationToken);
        if (isSet)
        {
            return;
        }

        var at = options.Value.Processing.SweepTime;
        var next = SweepKey.Next(source, at, time.GetUtcNow());
        var unit = new UnitOfWork(); // another node may set it at the same moment
        unit.AppendIfAbsent(DurableTimer.RowOf(SweepTimer.TimerKind, next.ToString(), next.DueAt(at)));
        if (!(await log.CommitAsync(unit, cancellationToken)).Succeeded(out _, out var refusal))
        {
            throw new InvalidOperationException($"The sweep of a source could not be set ({refusal.Code}).");
        }
    }
}
