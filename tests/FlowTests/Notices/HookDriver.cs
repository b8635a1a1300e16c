using System.Security.Cryptography.X509Certificates;
using Integration.Testing;
using Integration.Testing.Recording;

namespace Integration.FlowTests.Notices;

/// <summary>What the hall's web-hook does and is told.</summary>
internal sealed class HookDriver : IAsyncDisposable
{
    private HookDriver(IntegrationHost host, StandInSubscriber subscriber) => (Host, Subscriber) = (host, subscriber);

    public IntegrationHost Host { get; }

    public StandInSubscriber Subscriber { get; }

    public static async Task<HookDriver> StartAsync(Engine engine)
    {
        var subscriber = await StandInSubscriber.StartAsync();
        var hook = new HookSubscriber("hall-web", subscriber.Address, subscriber.Secret, Cms: true);
        var host = await IntegrationHost.StartAsync(new IntegrationHostOptions { Engine = engine, Subscriber = hook });
        subscriber.Certificate = X509CertificateLoader.LoadCertificateFromFile(
            host.SecretFile("receipt-signing.crt.pem")
        );
        return new HookDriver(host, subscriber);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Subscriber.DisposeAsync();
    }
}
