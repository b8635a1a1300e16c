using Integration.Adapters.Http;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>An operation of the registry.</summary>
/// <param name="Code">Its name on the wire, QQBWDM.</param>
/// <param name="Name">Its name for people, QQBWMC.</param>
internal sealed record PopulationOperation(string Code, string Name)
{
    public static readonly PopulationOperation Check = new("GK_GXFW_SFHC", "身份核查");

    public static readonly PopulationOperation BasicData = new("GK_JZCX_RKJCXXCX", "人口基础信息查询");

    public AgencyOperation AgencyOperation { get; } = new(PopulationRegistration.Agency, Code, IsIdempotentRead: true);
}
