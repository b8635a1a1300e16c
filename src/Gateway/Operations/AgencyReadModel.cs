using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Platform.Telemetry;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Operations;

/// <summary>How the agencies are doing, put together from what this node holds in memory.</summary>
internal sealed class AgencyReadModel(
    MaintenanceCache maintenance,
    IOptions<TelemetryOptions> telemetry,
    IAgencyConditions conditions,
    TimeProvider time
)
{
    public string Node { get; } = telemetry.Value.Node ?? Environment.MachineName;

    public bool Knows(string agency) => conditions.Current.Any(condition => condition.Agency == agency);

    public AgenciesResponse Answer() =>
        new()
        {
            Node = Node,
            At = time.GetUtcNow(),
            Agencies = [.. conditions.Current.Select(StatusOf)],
        };

    private AgencyStatus StatusOf(AgencyCondition condition) =>
        new()
        {
            Agency = condition.Agency,
            Circuit = Name(condition.Circuit),
            Maintenance = maintenance.Current.TryGetValue(condition.Agency, out var row)
                ? ChangeMaintenance.AnswerOf(row)
                : null,
            Places = PlacesOf(condition.Use),
            Rate = condition.Use.Rate is { } rate ? new AgencyRate(rate.PerSecond, rate.Burst, rate.Left) : null,
            Day = condition.Use.Day is { } day ? new AgencyDay(day.PerDay, day.Left) : null,
            LastFailure = condition.LastFailure is { } last ? FailureOf(last) : null,
        };

    private static AgencyPlaces PlacesOf(AgencyUse use) =>
        new(use.InUse, use.Waiting, use.Parallel, use.MayWait, use.ForBatches);

    private static AgencyLastFailure FailureOf(LastAgencyFailure last) =>
        new(last.At, Name(last.Failure.Stage), Name(last.Failure.Side), last.Failure.Code);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
