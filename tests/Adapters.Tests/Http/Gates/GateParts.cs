using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Gates;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Http.Gates;

/// <summary>Gates of any limits, over a clock, day counts and operators that the test plays.</summary>
internal sealed class GateParts : IDailyQuotas, IAgencyMaintenance, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ConcurrentDictionary<string, long> _taken = new(StringComparer.Ordinal);

    public GateParts(FakeTimeProvider clock)
    {
        Clock = clock;
        Conditions = new AgencyConditions(clock);
        Telemetry = new AgencyTelemetry(_services.GetRequiredService<IMeterFactory>(), Conditions);
    }

    public FakeTimeProvider Clock { get; }

    public AgencyConditions Conditions { get; }

    public AgencyTelemetry Telemetry { get; }

    /// <summary>Agencies out of service.</summary>
    public ConcurrentDictionary<string, AgencyMaintenance> Maintenance { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether days can be counted.</summary>
    public bool CanCount { get; set; } = true;

    /// <summary>Awaited before a day's number is taken.</summary>
    public Task Counting { get; set; } = Task.CompletedTask;

    public long Taken(string name) => _taken.GetValueOrDefault(name);

    public AgencyGate Gate(AgencyLimits limits, string agency = "test-agency", string? behind = null) =>
        new(
            agency,
            limits,
            new MaintenanceSigns(this, behind is null ? [agency] : [agency, behind], Clock),
            this,
            Telemetry,
            Clock
        );

    public AgencyCaller Caller(AgencyLimits limits, string agency = "test-agency") =>
        new(Gate(limits, agency), limits, Conditions, Telemetry, Clock);

    public async ValueTask<DailyTake> TakeAsync(string name, long perDay, CancellationToken cancellationToken)
    {
        await Counting.WaitAsync(cancellationToken);
        if (!CanCount)
        {
            return DailyTake.CannotCount;
        }

        if (Taken(name) >= perDay)
        {
            return DailyTake.UsedUp;
        }

        _taken.AddOrUpdate(name, 1, (_, taken) => taken + 1);
        return DailyTake.Taken;
    }

    public long? Left(string name, long perDay) => perDay - Taken(name);

    public AgencyMaintenance? Find(string agency) => Maintenance.GetValueOrDefault(agency);

    public void Dispose()
    {
        Telemetry.Dispose();
        _services.Dispose();
    }
}
