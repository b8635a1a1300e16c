namespace Integration.Adapters.ProvincialNetwork;

/// <summary>
/// One service on the exchange platform: each has its own call key. It travels with each attempt as a request option
/// (<c>[Property(ExchangeService.Option)] ExchangeService service</c> in the Refit interface).
/// </summary>
/// <param name="Code">The service code (sid).</param>
internal sealed record ExchangeService(string Code)
{
    public const string Option = "integration.exchange-service";

    private static readonly HttpRequestOptionsKey<ExchangeService> s_key = new(Option);

    public static ExchangeService Of(HttpRequestMessage message) =>
        message.Options.TryGetValue(s_key, out var service)
            ? service
            : throw new InvalidOperationException("An exchange API method has no ExchangeService property parameter.");
}
