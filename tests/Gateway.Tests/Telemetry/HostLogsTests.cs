using Integration.Testing;
using Integration.Testing.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Integration.Gateway.Tests.Telemetry;

/// <summary>The log of a test's host is kept for the test and off the console of the run.</summary>
public sealed class HostLogsTests : IAsyncLifetime
{
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await ServiceHost.StartHttpAsync(app =>
            app.MapGet(
                "/says",
                (ILogger<HostLogsTests> logger) =>
                    logger.Log(LogLevel.Error, default, "it was asked", exception: null, (text, _) => text)
            )
        );

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_a_host_says_is_kept_for_its_test_and_not_written_to_the_console()
    {
        using var answer = await _host.Client.GetAsync("/says", TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();

        var log = Assert.Single(HostLogs.For(TestContext.Current));
        Assert.Contains(log.Lines, line => line.Contains("it was asked", StringComparison.Ordinal));
        Assert.DoesNotContain(_host.App.Services.GetServices<ILoggerProvider>(), IsConsole);
    }

    [Fact]
    public void What_the_host_of_another_test_says_is_not_shown()
    {
        var log = Assert.Single(HostLogs.For(TestContext.Current));
        Assert.DoesNotContain(log.Lines, line => line.Contains("it was asked", StringComparison.Ordinal));
    }

    private static bool IsConsole(ILoggerProvider provider) => provider is ConsoleLoggerProvider;
}
