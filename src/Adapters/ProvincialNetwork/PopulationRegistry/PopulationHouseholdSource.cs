using System.Xml.Linq;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>Basic data <c>GK_JZCX_RKJCXXCX</c>: registered and former name, mark of death.</summary>
internal sealed class PopulationHouseholdSource(PopulationCaller registry, IOptions<PopulationOptions> options)
    : IHouseholdSource
{
    private readonly ExchangeService _service = new(options.Value.BasicDataService!);

    public string Agency => PopulationRegistration.Agency;

    public Task<AgencyAnswer<HouseholdFacts>> Ask(
        IdentityQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) => registry.Ask(PopulationOperation.BasicData, _service, question, request, Read, cancellationToken);

    private static Reading<HouseholdFacts> Read(IReadOnlyList<XElement> records)
    {
        if (records is not [var record])
        {
            return new Reading<HouseholdFacts>.Unknown();
        }

        var name = PartyName.Parse(PopulationAnswer.Text(record, "XM"));
        var formerText = PopulationAnswer.Text(record, "CYM");
        var former = PartyName.Parse(formerText);
        return (name.IsValid, former.IsValid || formerText is null, PopulationLife.IsAlive(record)) switch
        {
            (false, _, _) => WireFailure.Field("XM"),
            (_, false, _) => WireFailure.Field("CYM"),
            (_, _, null) => WireFailure.Field("SWBS"),
            (_, _, { } isAlive) => new HouseholdFacts(name.Value, formerText is null ? null : former.Value, isAlive),
        };
    }
}
