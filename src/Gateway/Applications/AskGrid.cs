using Integration.Adapters.Ports;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Grants;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Asking;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Applications;

/// <summary>Asks what the grid can give at the place, so that a plan can be answered at acceptance. Its absence never matters.</summary>
internal sealed class AskGrid(IEnumerable<IGridResourceSource> sources, AskAgencies agencies)
{
    /// <summary>What a caller has to be granted to be told.</summary>
    public static GrantDemand Demand(string purpose) =>
        new(ServiceFields.GridResource, purpose, ["distance", "spareCapacity"]);

    /// <summary>The answer and its call; null when there is nothing to ask, or no grant to tell.</summary>
    public async Task<GridAnswer?> Ask(
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
        var answer = await agencies.Ask(
            granted,
            new SourceQuestion(
                source.Agency,
                async (request, stop) =>
                    SourceAnswer.Of(
                        await source.Ask(unit, request, stop),
                        found =>
                        {
                            facts = found;
                            return Finding.Of(CheckFacts.None);
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
