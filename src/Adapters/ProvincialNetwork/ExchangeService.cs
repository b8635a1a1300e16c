using System.Diagnostics.CodeAnalysis;

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

    /// <summary>Whether the text can be a service code: it stands in a header.</summary>
    public static bool IsCode([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 128 }
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '@');

    /// <summary>Lets a request that no generated client makes carry the service.</summary>
    public void SetOn(HttpRequestMessage message) => message.Options.Set(s_key, this);

    public static ExchangeService Get(HttpRequestMessage message) =>
        message.Options.TryGetValue(s_key, out var service)
            ? service
            : throw new InvalidOperationException("An exchange API method has no ExchangeService property parameter.");
}
