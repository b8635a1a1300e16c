using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

/// <summary>
/// Code that builds a chain of certificates downloads what they name unless it is told not to. So there is one place for each way
/// of doing so, and no other.
/// </summary>
public class TlsTests
{
    private static readonly HashSet<string> s_members = new(StringComparer.Ordinal)
    {
        "System.Net.Http.SocketsHttpHandler::.ctor",
        "System.Net.Http.HttpClientHandler::.ctor",
        "System.Net.Security.SslStream::.ctor",
        "System.Security.Cryptography.X509Certificates.X509Chain::.ctor",
        "System.Security.Cryptography.X509Certificates.X509Chain::Create",
        "System.Security.Cryptography.X509Certificates.X509Certificate2::Verify",
        "Microsoft.AspNetCore.Hosting.ListenOptionsHttpsExtensions::UseHttps",
        "Microsoft.AspNetCore.Server.Kestrel.Https.TlsHandshakeCallbackOptions::.ctor",
        "Npgsql.NpgsqlConnection::.ctor",
        "Npgsql.NpgsqlDataSourceBuilder::.ctor",
        "Npgsql.NpgsqlDataSource::Create",
    };

    private static readonly HashSet<string> s_places = new(StringComparer.Ordinal)
    {
        "Integration.Adapters.Ports.OutgoingConnections",
        "Integration.Adapters.Http.Diagnosis.ConnectionSteps",
        "Integration.Contracts.Client.IntegrationApiRegistration",
        "Integration.Gateway.Platform.Database.PostgresTls",
        "Integration.Gateway.Platform.Http.ListenerTls",
        "Integration.Gateway.Signatures.Trust.CertificateChain",
    };

    [Fact]
    public void Certificates_are_judged_in_the_places_that_download_nothing() =>
        Report.None(
            new[] { Product.Contracts, Product.Adapters, Product.Gateway }.SelectMany(assembly =>
                MemberRules.UsedElsewhere(assembly, s_members, s_places)
            )
        );

    [Theory]
    [InlineData("SocketsHttpHandler")]
    [InlineData("SslStream")]
    [InlineData("X509Chain")]
    [InlineData("NpgsqlConnection")]
    [InlineData("UseHttps")]
    public void A_planted_place_is_reported(string member) =>
        Report.Names(
            member,
            MemberRules.UsedElsewhere(Product.Tests, s_members, new HashSet<string>(StringComparer.Ordinal))
        );

    /// <summary>A client without a handler makes its own.</summary>
    [Fact]
    public void No_client_makes_its_own_handler() =>
        Report.None(
            new[] { Product.Contracts, Product.Adapters, Product.Gateway }.SelectMany(assembly =>
                MemberRules.Banned(assembly, new HashSet<string>(["M:System.Net.Http.HttpClient..ctor"]))
            )
        );

    [Fact]
    public void A_planted_client_that_makes_its_own_handler_is_reported() =>
        Report.Names(
            "HttpClient",
            MemberRules.Banned(Product.Tests, new HashSet<string>(["M:System.Net.Http.HttpClient..ctor"]))
        );
}
