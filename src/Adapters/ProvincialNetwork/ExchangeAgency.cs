using Integration.Adapters.Http;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>
/// The data-sharing exchange platform (数据共享交换平台): the road to the agencies behind it. By itself it is asked for call keys only.
/// </summary>
internal static class ExchangeAgency
{
    public const string Name = "exchange-platform";

    /// <summary>Fetching a key twice does no harm: the platform answers the key in force or a newer one.</summary>
    public static readonly AgencyOperation Refresh = new(Name, "refreshappsecret", IsIdempotentRead: true);
}
