using System.Xml.Linq;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>The registry's mark of death, SWBS.</summary>
internal static class PopulationLife
{
    /// <summary>"0" or nothing: not marked deceased; "1": deceased; anything else is not agreed, so null.</summary>
    public static bool? IsAlive(XElement record) =>
        PopulationAnswer.Text(record, "SWBS") switch
        {
            null or "0" => true,
            "1" => false,
            _ => null,
        };
}
