using Integration.Adapters.Ports;
using Integration.Gateway.JointApplications.Model;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>Refuses to start with a provider whose utility has no line in <see cref="UtilityTable"/>: its applicants could not be told what is needed.</summary>
internal sealed class UtilityLinesCheck(IEnumerable<IUtilityProvider> providers) : IHostedService
{
    private const string Section = "Agencies";

    /// <summary>Looks once, before the host takes requests.</summary>
    /// <exception cref="OptionsValidationException">Lists every utility that is switched on without a line.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var faults = providers
            .Where(provider => !UtilityTable.Knows(provider.Utility))
            .Select(provider => $"{Section}: utility {provider.Utility} has no line in {nameof(UtilityTable)}.")
            .ToList();
        return faults.Count == 0
            ? Task.CompletedTask
            : throw new OptionsValidationException(Section, typeof(IUtilityProvider), faults);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
