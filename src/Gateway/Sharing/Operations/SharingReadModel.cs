using System.Text.Json;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Telemetry;
using Integration.Gateway.Sharing.Answering;
using Integration.Gateway.Sharing.Catalogue;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Integration.Gateway.Sharing.Operations;

/// <summary>What is shared now, to whom, and how it goes: put together from what this node holds in memory.</summary>
internal sealed class SharingReadModel(
    CatalogueDirectory catalogues,
    CallerDirectory callers,
    IProxyStateLookup forwarder,
    RecentFailures failures,
    IOptions<TelemetryOptions> telemetry,
    TimeProvider time
)
{
    private readonly string _node = telemetry.Value.Node ?? Environment.MachineName;

    public SharingResponse Answer()
    {
        var (now, catalogue, known) = (time.GetUtcNow(), catalogues.Current, callers.Current);
        return new SharingResponse
        {
            Node = _node,
            At = now,
            CatalogueVersion = catalogue.Version,
            CatalogueIsCurrent = !catalogues.IsBehind,
            Operations = [.. catalogue.Operations.Select(operation => StatusOf(operation, known, now))],
            Agencies =
            [
                .. catalogue
                    .Operations.Select(operation => operation.Agency.Name)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(AgencyOf),
            ],
            GrantsWithoutRoute = [.. SharedGrants.WithoutRoute(known, catalogue)],
        };
    }

    private SharedOperationStatus StatusOf(SharedOperation operation, CallersSnapshot known, DateTimeOffset now) =>
        new()
        {
            Resource = operation.Resource.Resource,
            Operation = operation.Entry.Operation,
            Title = operation.Resource.Title,
            Agency = operation.Agency.Name,
            Dialect = operation.Dialect.Name,
            Methods = operation.Entry.Methods,
            Path = operation.Path.Text,
            Purposes = operation.Resource.Purposes,
            CatalogueId = operation.Resource.CatalogueId,
            ApprovalNumber = operation.Resource.ApprovalNumber,
            ValidFrom = operation.Resource.ValidFrom,
            ValidUntil = operation.Resource.ValidUntil,
            IsApproved = operation.IsApprovedAt(now),
            Limits = LimitsOf(operation.Limits),
            Grants =
            [
                .. SharedGrants.For(operation, known, now).Select(grant => new SharedGrant(grant.Client, grant.Id)),
            ],
            LastFailures = [.. failures.For(operation.Name).Select(FailureOf)],
        };

    private SharedAgencyStatus AgencyOf(string agency) =>
        new(
            agency,
            forwarder.TryGetCluster(agency, out var cluster)
                ?
                [
                    .. cluster
                        .Destinations.Values.OrderBy(address => address.DestinationId, StringComparer.Ordinal)
                        .Select(DestinationOf),
                ]
                : []
        );

    private static SharedDestination DestinationOf(DestinationState address) =>
        new(address.Model.Config.Address, Name(address.Health.Active), Name(address.Health.Passive));

    private static SharedLimits LimitsOf(LimitsEntry limits) =>
        new(limits.Seconds, limits.RequestBytes, limits.AnswerBytes, limits.PerSecond, limits.AtOnce, limits.PerDay);

    private static SharedFailure FailureOf(RecentFailure failure) =>
        new(
            failure.At,
            Name(failure.Failure.Stage),
            Name(failure.Failure.Side),
            failure.Failure.Code,
            failure.EvidenceId
        );

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
