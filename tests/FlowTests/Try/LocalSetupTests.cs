using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Integration.Try.Setup;

namespace Integration.FlowTests.Try;

public sealed class LocalSetupTests : IDisposable
{
    private static readonly Uri s_url = new("http://127.0.0.1:1");
    private readonly string _directory = Directory.CreateTempSubdirectory("setup-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_second_start_finds_the_same_keys_clients_and_sources()
    {
        var first = Snapshot(LocalSetup.In(_directory, TimeProvider.System));
        Assert.Equal(first, Snapshot(LocalSetup.In(_directory, TimeProvider.System)));
    }

    [Fact]
    public void There_is_a_client_of_each_kind_and_of_each_utility()
    {
        var clients = LocalSetup.In(_directory, TimeProvider.System).Clients;
        Assert.Equal(
            ["hall", "hall", "municipal", "ops", "utility", "utility", "utility", "utility", "utility"],
            clients.Select(client => client.Kind).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["electricity", "gas", "network", "television", "water"],
            clients.Select(client => client.Utility).OfType<string>().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_configuration_holds_secrets_by_reference_only()
    {
        var setup = LocalSetup.In(_directory, TimeProvider.System);
        var settings = setup.GatewaySettings(s_url, s_url).Values.ToList();
        var secrets = Directory
            .GetFiles(Path.Combine(_directory, "secrets"))
            .Where(file => !file.EndsWith(".json", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ToList();

        Assert.NotEmpty(secrets);
        Assert.DoesNotContain(settings, value => secrets.Contains(value!));
        Assert.DoesNotContain(
            secrets,
            secret => File.ReadAllText(setup.CallersFile).Contains(secret, StringComparison.Ordinal)
        );
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Secrets_are_readable_by_their_owner_only()
    {
        LocalSetup.In(_directory, TimeProvider.System);
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(
            Directory.GetFiles(Path.Combine(_directory, "secrets")),
            file => Assert.Equal(ownerOnly, File.GetUnixFileMode(file))
        );
    }

    [Fact]
    public void Event_sources_have_certificates_of_the_local_authority_with_their_keys()
    {
        var setup = LocalSetup.In(_directory, TimeProvider.System);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(
            Path.Combine(_directory, "secrets", "event-ca.pem")
        );
        foreach (var source in setup.Sources)
        {
            using var certificate = X509Certificate2.CreateFromPemFile(source.Certificate, source.Key);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            Assert.True(certificate.HasPrivateKey);
            Assert.True(chain.Build(certificate));
        }
    }

    private static string Snapshot(LocalSetup setup) =>
        string.Join(
            '\n',
            setup
                .Clients.Select(client => client.Id + client.Secret)
                .Concat(setup.Sources.Select(source => File.ReadAllText(source.Certificate)))
                .Concat(
                    setup
                        .GatewaySettings(s_url, s_url)
                        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                        .Select(pair => $"{pair.Key}={pair.Value}")
                )
                .Append(setup.Agencies.ExchangeAppKey)
        );
}
