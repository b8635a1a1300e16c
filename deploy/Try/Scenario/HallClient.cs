using Integration.Contracts.Client;
using Integration.Try.Setup;

namespace Integration.Try.Scenario;

/// <summary>The typed client of the gateway's API, as the hall's developers use it.</summary>
internal sealed class HallClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public HallClient(Uri gateway, LocalClient client, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddIntegrationApi(options =>
        {
            options.BaseAddress = gateway;
            options.ClientId = client.Id;
            options.ClientSecret = client.Secret;
        });
        _services = services.BuildServiceProvider();
        Api = _services.GetRequiredService<IIntegrationApi>();
    }

    public IIntegrationApi Api { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
