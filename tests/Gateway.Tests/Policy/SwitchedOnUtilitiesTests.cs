using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.Policy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Policy;

/// <summary>A utility that the gateway has learnt of stops nothing before its provider is switched on; then its lines are demanded.</summary>
public class SwitchedOnUtilitiesTests
{
    private const Utility Sixth = (Utility)5;

    [Fact]
    public void Limits_are_demanded_of_providers_that_are_registered_only()
    {
        Assert.DoesNotContain("no line without a condition", FaultsWith(), StringComparison.Ordinal);
        Assert.DoesNotContain("no line without a condition", FaultsWith(Utility.Water), StringComparison.Ordinal);
        Assert.Contains(
            "no line without a condition for 5 and New",
            FaultsWith(Utility.Water, Sixth),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task So_is_the_line_that_says_what_is_needed()
    {
        await CheckAsync(Enum.GetValues<Utility>());
        await CheckAsync();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => CheckAsync(Utility.Gas, Sixth));
        Assert.Contains("utility 5 has no line", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    private static Task CheckAsync(params Utility[] utilities) =>
        new UtilityLinesCheck(utilities.Select(utility => new Provider(utility))).StartAsync(CancellationToken.None);

    /// <summary>No agency is registered, so the shipped edition is refused; it says for what.</summary>
    private static string FaultsWith(params Utility[] utilities)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddPolicy();
        foreach (var utility in utilities)
        {
            services.AddSingleton<IUtilityProvider>(new Provider(utility));
        }

        using var provider = services.BuildServiceProvider();
        return Assert.Throws<PolicyInvalidException>(() => provider.GetRequiredService<PolicyBook>()).Message;
    }

    private sealed record Provider(Utility Utility) : IUtilityProvider
    {
        public UtilityHabits Habits { get; } = new() { Delivery = LegDeliveryHabit.WorkList };
    }
}
