using Integration.Gateway.Platform.Health;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Operations;

/// <summary>Readiness is a kept state: a test that changes something waits until the checks have looked again.</summary>
internal static class ReadinessRounds
{
    /// <summary>Waits for the end of a round of checks that began after this call; takes about a second.</summary>
    public static async Task ChecksHaveLookedAgainAsync(this IntegrationHost host)
    {
        var state = host.Services.GetRequiredService<ReadinessState>();
        // The next one may have begun before.
        var enough = state.Rounds + 2;
        for (var i = 0; i < 2000 && state.Rounds < enough; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.True(state.Rounds >= enough, "The checks do not run.");
    }
}
