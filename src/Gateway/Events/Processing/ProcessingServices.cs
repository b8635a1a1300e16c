using Integration.Gateway.Events.Sources;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Processing;

internal static class ProcessingServices
{
    /// <summary>What happens between the inbox and the act.</summary>
    public static void AddEventProcessing(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<EventOptions>, ProcessingOptionsValidator>();
        services.AddSingleton<EventSignal>();
        services.AddSingleton<IntakeRush>();
        services.AddSingleton<EventQueue>();
        services.AddSingleton<EventClaims>();
        services.AddSingleton<EventContent>();
        services.AddSingleton<EventGaps>();
        services.AddSingleton<RecordEvent>();
        services.AddSingleton<FailedEvents>();
        services.AddSingleton<ProcessEvent>();
        services.AddSingleton<ProcessStream>();
        services.AddHostedService<EventWorker>();
    }
}
