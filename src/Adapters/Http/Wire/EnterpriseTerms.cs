using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Wire;

/// <summary>The register's words and what they mean here.</summary>
internal static class EnterpriseTerms
{
    public static EnterpriseSize? Size(string? scale) =>
        scale switch
        {
            "个体" or "个体工商户" => EnterpriseSize.SelfEmployed,
            "小微" or "小型" or "微型" => EnterpriseSize.SmallOrMicro,
            "中型" => EnterpriseSize.Medium,
            "大型" => EnterpriseSize.Large,
            _ => null,
        };

    public static bool? IsStateOwned(string? type) => type?.Contains("国有", StringComparison.Ordinal);
}
