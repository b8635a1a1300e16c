using System.Security.Cryptography;
using Integration.Testing;

namespace Integration.FlowTests.Operations;

/// <summary>
/// What every reader may see says nothing of the inside: no addresses of agencies or listeners, no places on disk, no machine, and
/// of no certificate whose it is.
/// </summary>
public sealed class OpenPagesTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    [InlineData("/nowhere")]
    [InlineData("/v1/cases/none")]
    [InlineData("/oauth/token")]
    [InlineData("/v1/receipts/keys")]
    public async Task No_page_that_is_open_says_anything_of_the_inside(string path)
    {
        var host = shared.Host;
        using var municipal = host.Municipal();
        using var http = new HttpClient { BaseAddress = host.Gateway };
        using var before = await http.GetAsync("/health/live"); // so that listeners have something to count

        using var answer = await http.GetAsync(path);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.NotEmpty(page);
        Assert.All(
            Inside(host, municipal.Certificate.GetCertHashString(HashAlgorithmName.SHA256)),
            inside => Assert.DoesNotContain(inside, page, StringComparison.OrdinalIgnoreCase)
        );
    }

    private static IEnumerable<string> Inside(IntegrationHost host, string thumbprint) =>
        [
            "127.0.0.1",
            $":{host.Sandbox.Port}",
            $"\"{host.Gateway.Port}\"",
            Path.GetDirectoryName(host.CallersFile)!,
            AppContext.BaseDirectory,
            $"\"{Environment.MachineName}\"",
            thumbprint[..8],
            "integration.sqlite",
        ];
}
