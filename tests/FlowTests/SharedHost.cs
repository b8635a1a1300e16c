using Integration.Testing;

namespace Integration.FlowTests;

/// <summary>One gateway and its agencies for all tests of a class that break nothing.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public IntegrationHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await IntegrationHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
