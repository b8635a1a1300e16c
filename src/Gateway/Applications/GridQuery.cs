using Integration.Adapters.Ports;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Grants;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;
using Integration.Gateway.Verifications.Queries;

namespace Integration.Gateway.Applications;

/// <summary>Asks what the grid can give at the place, so that a plan can be answered at acceptance. Its absence never matters.</summary>
internal sealed class GridQuery(IEnumerable<IGridResourceSource> sources, AgencyQueries agencies)
{
    /// <summary>What a caller has to be granted to be told.</summary>
    public static GrantDemand Demand(string purpose) =>
        new(ServiceFields.GridResource, purpose, ["distance", "spareCapacity"]);

    /// <summary>The answer and its call; null when there is nothing to ask, or no grant to tell.</summary>
    public async Task<GridAnswer?> AskAsync(
        GrantedRequest granted,
        ApplicationForm form,
        DateTimeOffset deadline,
        CallPriority priority
    )
    {
        if (
            form.Service.Connection == ConnectionKind.None
            || form.Premises?.Title.Unit is not { } unit
            || granted.Grants.All(grant => grant.Service != ServiceFields.GridResource)
            || sources.FirstOrDefault() is not { } source
        )
        {
            return null;
        }

        GridResourceFacts? facts = null;
        var answer = await agencies.AskAsync(
            granted,
            new SourceQuestion(
                source.Agency,
                async (request, stop) =>
                    SourceAnswer.From(
                        await source.AskAsync(unit, request, stop),
                        found =>
                        {
                            facts = found;
                            return Finding.From(CheckFacts.None);
                        }
                    )
            ),
            deadline,
            priority
        );
        return new GridAnswer(answer, facts);
    }
}

/// <summary>What the grid-resource platform said.</summary>
internal sealed record GridAnswer(SourceAnswer Answer, GridResourceFacts? Facts);
