using Integration.Adapters.Ports;
using Integration.Gateway.Grants;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>What is wrong with a catalogue beyond its schema, all of it, each with the place where it stands.</summary>
internal static class CatalogueFaults
{
    public static IEnumerable<string> In(CatalogueEntry catalogue, IAgencyForwarding agencies) =>
        Twice(catalogue.Resources.Select(resource => resource.Resource))
            .Select(name => $"{name}: two resources have this name.")
            .Concat(catalogue.Resources.SelectMany(resource => In(resource, agencies)));

    private static IEnumerable<string> In(ResourceEntry resource, IAgencyForwarding agencies) =>
        Agency(resource, agencies)
            .Concat(Policy(resource))
            .Concat(
                Twice(resource.Operations.Select(operation => operation.Operation))
                    .Select(name => $"two operations have the name {name}.")
            )
            .Concat(Overlaps(resource.Operations))
            .Select(fault => $"{resource.Resource}: {fault}")
            .Concat(
                resource.Operations.SelectMany(operation =>
                    OperationFaults
                        .In(operation, DialectOf(resource, agencies))
                        .Select(fault => $"{resource.Resource}/{operation.Operation}: {fault}")
                )
            );

    private static IEnumerable<string> Agency(ResourceEntry resource, IAgencyForwarding agencies)
    {
        var agency = agencies.Agencies.FirstOrDefault(agency => agency.Name == resource.Agency);
        var dialect = DialectOf(resource, agencies);
        if (agency is null)
        {
            yield return $"no agency {resource.Agency} is configured.";
        }
        else if (dialect is null)
        {
            yield return $"{agency.Name} has no dialect {resource.Dialect}; it has {Listed(agency.Dialects.Select(known => known.Name))}.";
        }
        else if (dialect.NeedsService != resource.Service is not null)
        {
            yield return dialect.NeedsService
                ? $"the dialect {dialect.Name} needs the agency's service code."
                : $"the dialect {dialect.Name} has no service code.";
        }
        else if (agencies.Open(resource.Agency, resource.Dialect, resource.Service) is null)
        {
            yield return $"the service {resource.Service} is not one that {agency.Name} can be asked for.";
        }
    }

    private static IEnumerable<string> Policy(ResourceEntry resource)
    {
        if (resource.ValidUntil < resource.ValidFrom)
        {
            yield return "validUntil lies before validFrom.";
        }

        foreach (var purpose in resource.Purposes.Where(purpose => !Purposes.All.Contains(purpose)))
        {
            yield return $"purpose {purpose} is not one that a grant can name.";
        }
    }

    private static IEnumerable<string> Overlaps(IReadOnlyList<OperationEntry> operations) =>
        operations
            .SelectMany((first, index) => operations.Skip(index + 1).Select(second => (first, second)))
            .Where(pair => pair.first.Methods.Intersect(pair.second.Methods, StringComparer.Ordinal).Any())
            .Where(pair =>
                PathTemplate.Parse(pair.first.Path).Template is { } one
                && PathTemplate.Parse(pair.second.Path).Template is { } other
                && one.Overlaps(other)
            )
            .Select(pair => $"the paths of {pair.first.Operation} and {pair.second.Operation} overlap.");

    private static ForwardingDialect? DialectOf(ResourceEntry resource, IAgencyForwarding agencies) =>
        agencies
            .Agencies.FirstOrDefault(agency => agency.Name == resource.Agency)
            ?.Dialects.FirstOrDefault(dialect => dialect.Name == resource.Dialect);

    private static IEnumerable<string> Twice(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key);

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names);
}
