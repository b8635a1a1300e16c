using Integration.Contracts.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Contracts.Tests.Client;

public class OptionsTests
{
    [Fact]
    public void Everything_wrong_is_named_at_once()
    {
        var failures = Validate(options =>
        {
            options.BaseAddress = new Uri("/gateway", UriKind.Relative);
            options.Timeout = TimeSpan.Zero;
            options.RefreshTokenBefore = TimeSpan.FromSeconds(-1);
        });

        Assert.Equal(5, failures.Count);
        foreach (var name in new[] { "BaseAddress", "ClientId", "ClientSecret", "Timeout", "RefreshTokenBefore" })
        {
            Assert.Contains(failures, failure => failure.StartsWith(name, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("https://gateway.example/", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://gateway.example/", false)]
    [InlineData("ftp://127.0.0.1/", false)]
    public void Secrets_travel_in_clear_on_loopback_only(string address, bool allowed)
    {
        var failures = Validate(options =>
        {
            options.BaseAddress = new Uri(address);
            options.ClientId = "hall";
            options.ClientSecret = "s";
        });

        Assert.Equal(allowed, failures.Count == 0);
    }

    private static IReadOnlyList<string> Validate(Action<IntegrationApiOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddIntegrationApi(configure);
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }
}
