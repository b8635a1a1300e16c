using System.Security.Cryptography.X509Certificates;
using Integration.Testing;
using Integration.Testing.Recording;

namespace Integration.FlowTests.Notices;

/// <summary>A whole installation whose hall has a web-hook.</summary>
internal sealed class HookedHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hook-test-").FullName;

    private HookedHost(StandInSubscriber subscriber) => Subscriber = subscriber;

    public StandInSubscriber Subscriber { get; }

    public IntegrationHost Host { get; private set; } = null!;

    public static async Task<HookedHost> Start(Engine engine)
    {
        var hooked = new HookedHost(await StandInSubscriber.Start());
        var secret = Path.Combine(hooked._folder, "hook.secret");
        await File.WriteAllTextAsync(secret, hooked.Subscriber.Secret);
        hooked.Host = await IntegrationHost.Start(
            new IntegrationHostOptions
            {
                Engine = engine,
                Settings = new Dictionary<string, string?>
                {
                    ["Gateway:Notices:Subscribers:0:Name"] = "hall-web",
                    ["Gateway:Notices:Subscribers:0:Client"] = "hall",
                    ["Gateway:Notices:Subscribers:0:Address"] = hooked.Subscriber.Address.ToString(),
                    ["Gateway:Notices:Subscribers:0:Secret"] = $"file:{secret}",
                    ["Gateway:Notices:Subscribers:0:Cms"] = "true",
                },
            }
        );
        hooked.Subscriber.Certificate = X509CertificateLoader.LoadCertificateFromFile(
            hooked.Host.SecretFile("receipt-signing.crt.pem")
        );
        return hooked;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Subscriber.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
