using Integration.Gateway.Callers;

namespace Integration.Gateway.Grants;

/// <summary>What one forwarded request needs a grant for.</summary>
/// <param name="Service"><c>share:{resource}</c>.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Path">The path template of the operation; never the path itself, which may name a person.</param>
/// <param name="Purpose">The purpose the caller states.</param>
internal sealed record SharedDemand(string Service, string Method, string Path, string Purpose)
{
    /// <summary>The grants that cover it now; or the first rule, in order, that leaves none.</summary>
    public (IReadOnlyList<Grant> Used, string? Fault) Check(IReadOnlyList<Grant> grants, DateTimeOffset now)
    {
        var left = grants.Where(grant => grant.Service == Service).ToList();
        foreach (var (rule, reason, holds) in Rules(now))
        {
            if (left.Count == 0)
            {
                break;
            }

            left.RemoveAll(grant => !holds(grant));
            if (left.Count == 0)
            {
                return ([], $"Rule {rule}: {Service} for {Purpose}: {reason}");
            }
        }

        return left.Count > 0
            ? (left, null)
            : ([], $"Rule service: {Service} for {Purpose}: no grant names this service.");
    }

    private IEnumerable<(string Rule, string Reason, Func<Grant, bool> Holds)> Rules(DateTimeOffset now)
    {
        yield return ("method", "no grant of it names this method.", grant => grant.Methods.Contains(Method));
        yield return ("path", "no grant of it names this path.", grant => grant.Paths.Contains(Path));
        yield return ("purpose", "no grant of it names this purpose.", grant => grant.Purposes.Contains(Purpose));
        yield return ("validity", "no grant of it is valid today.", grant => grant.IsValidAt(now));
        yield return ("fields", "no grant of it names a field.", grant => grant.Fields.Count > 0);
    }
}
