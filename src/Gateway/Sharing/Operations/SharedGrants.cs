using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Sharing.Catalogue;

namespace Integration.Gateway.Sharing.Operations;

/// <summary>What the grants of the callers file are to the operations of the catalogue.</summary>
internal static class SharedGrants
{
    /// <summary>The grants that allow something of an operation at a moment, of clients that are enabled.</summary>
    public static IEnumerable<Grant> For(SharedOperation operation, CallersSnapshot callers, DateTimeOffset moment) =>
        callers.Grants.Where(grant =>
            grant.Service == operation.GrantName
            && grant.IsValidAt(moment)
            && callers.Find(grant.Client) is { Enabled: true }
            && grant.Paths.Contains(operation.Path.Text)
            && grant.Methods.Any(operation.Methods.Contains)
            && grant.Fields.Any(operation.Fields.Contains)
            && operation.Resource.Purposes.Any(grant.Purposes.Contains)
        );

    /// <summary>Every part of a grant that the catalogue does not have.</summary>
    public static IEnumerable<GrantWithoutRoute> WithoutRoute(CallersSnapshot callers, ServiceCatalogue catalogue)
    {
        var resources = catalogue.Operations.ToLookup(operation => operation.GrantName, StringComparer.Ordinal);
        return callers
            .Grants.Where(grant => grant.Service.StartsWith(GrantVocabulary.Shared, StringComparison.Ordinal))
            .SelectMany(grant =>
                Reasons(grant, [.. resources[grant.Service]])
                    .Select(reason => new GrantWithoutRoute(grant.Client, grant.Id, grant.Service, reason))
            );
    }

    private static IEnumerable<string> Reasons(Grant grant, IReadOnlyList<SharedOperation> operations) =>
        operations.Count == 0
            ? ["The catalogue has no such resource."]
            : Strange("path", grant.Paths, operations.Select(operation => operation.Path.Text))
                .Concat(Strange("method", grant.Methods, operations.SelectMany(operation => operation.Methods)))
                .Concat(Strange("field", grant.Fields, operations.SelectMany(operation => operation.Fields)))
                .Concat(Strange("purpose", grant.Purposes, operations[0].Resource.Purposes));

    private static IEnumerable<string> Strange(string kind, IEnumerable<string> named, IEnumerable<string> known) =>
        named
            .Except(known, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => $"No operation of it has the {kind} {name}.");
}
