using System.Xml.Linq;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>Identity check <c>GK_GXFW_SFHC</c>: does the name belong to the number?</summary>
internal sealed class PopulationIdentitySource(PopulationCaller registry, IOptions<PopulationOptions> options)
    : IIdentitySource
{
    private readonly ExchangeService _service = new(options.Value.CheckService!);

    public string Agency => PopulationRegistration.Agency;

    public Task<AgencyAnswer<IdentityFacts>> Ask(
        IdentityQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) => registry.Ask(PopulationOperation.Check, _service, question, request, Read, cancellationToken);

    private static Reading<IdentityFacts> Read(IReadOnlyList<XElement> records)
    {
        if (records is not [var record])
        {
            return WireFailure.Field("RECORD");
        }

        return (Flag(record, "GMSFHM_PPDDM"), Flag(record, "XM_PPDDM"), PopulationLife.IsAlive(record)) switch
        {
            (null, _, _) => WireFailure.Field("GMSFHM_PPDDM"),
            (false, _, _) => new Reading<IdentityFacts>.Unknown(),
            (_, null, _) => WireFailure.Field("XM_PPDDM"),
            (_, _, null) => WireFailure.Field("SWBS"),
            (_, { } nameMatches, { } isAlive) => new IdentityFacts(nameMatches, isAlive),
        };
    }

    private static bool? Flag(XElement record, string field) =>
        PopulationAnswer.Text(record, field) switch
        {
            "1" => true,
            "0" => false,
            _ => null,
        };
}
