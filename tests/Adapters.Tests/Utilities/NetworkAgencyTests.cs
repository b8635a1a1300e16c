using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Http;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests.Utilities;

/// <summary>The provider that is never called.</summary>
public class NetworkAgencyTests
{
    [Fact]
    public async Task It_has_habits_and_nothing_that_could_be_called()
    {
        await using var host = new AdapterHost();
        host.Set("network:WorkList", "true");
        host.Start();

        var network = Assert.Single(host.Services.GetServices<IUtilityProvider>());
        Assert.IsNotAssignableFrom<ICalledProvider>(network);
        Assert.Equal(
            (Utility.Network, LegDeliveryHabit.WorkList, (TimeSpan?)null),
            (network.Utility, network.Habits.Delivery, network.Habits.PollEvery)
        );
        Assert.DoesNotContain(
            host.Services.GetRequiredService<IAgencyConditions>().Current,
            agency => agency.Agency == "network"
        );
    }

    [Theory]
    [InlineData("network:WorkList", "false", "WorkList")]
    [InlineData("network:BaseAddress", "http://127.0.0.1:1", "BaseAddress")]
    public async Task Any_other_way_is_refused(string key, string value, string named)
    {
        await using var host = new AdapterHost();
        host.Set("network:WorkList", "true");
        host.Set(key, value);
        var refusal = Assert.ThrowsAny<Exception>(host.Start);
        Assert.Contains(named, refusal.ToString(), StringComparison.Ordinal);
    }
}
