using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Signatures;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Intake;

internal static class IntakeServices
{
    /// <summary>Everything between a sender and the inbox. Needs callers, signatures, evidence, policy, clocks and notices.</summary>
    public static void AddIntake(this IServiceCollection services)
    {
        services
            .AddOptions<EventOptions>()
            .BindConfiguration(EventOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<EventOptions>, EventOptionsValidator>();
        services.AddHealthChecks().AddCheck<EventSourcesCheck>("event-sources");
        services.AddSingleton<EventSources>();
        services.AddSigners(provider => provider.GetRequiredService<EventSources>().Signers);
        services.AddSingleton<EventReader>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<EventMetrics>();
        services.AddSingleton<ToldConflicts>();
        services.AddSingleton<ConflictAlert>();
        services.AddSingleton<ReceiveEvent>();
        services.AddSingleton<DeliveryAnswers>();
        services.AddSingleton<EventFiles>();
        services.AddSingleton<WebHookValidation>();
    }
}
