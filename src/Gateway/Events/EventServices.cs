using Integration.Gateway.Cases;
using Integration.Gateway.Events.CatchUp;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Processing;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Settings;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Signatures;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events;

/// <summary>What flow 2 is made of, room by room.</summary>
internal static class EventServices
{
    /// <summary>Needs callers, signatures, evidence, policy, clocks, notices and the flows that events lead to.</summary>
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSources();
        services.AddInbox();
        services.AddIntake();
        services.AddCatchUp();
        services.AddProcessing();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<ICaseHistory, EventCaseHistory>();
    }

    private static void AddSources(this IServiceCollection services)
    {
        services.AddStrictOptions<EventOptions>(EventOptions.Section);
        services.AddSingleton<IValidateOptions<EventOptions>, EventOptionsValidator>();
        services.AddSingleton<IValidateOptions<EventOptions>, ProcessingOptionsValidator>();
        services.AddSingleton<EventSources>();
        services.AddSigners(provider => provider.GetRequiredService<EventSources>().Signers);
        services.AddHealthChecks().AddCheck<EventSourcesCheck>("event-sources", HealthStatus.Degraded);
    }

    private static void AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<WorkSignal<EventRow>>();
        services.AddSingleton<EventMetrics>();
        services.AddSingleton<NotifiedConflicts>();
        services.AddSingleton<ConflictAlert>();
        services.AddSingleton<InboxPlanner>();
        services.AddSingleton<EventInbox>();
        services.AddSingleton<EventQueries>();
        services.AddSingleton<EventContent>();
        services.AddSingleton<EventClaims>();
        services.AddSingleton<EventQueue>();
    }

    private static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<EventReader>();
        services.AddSingleton<IntakeHandler>();
        services.AddSingleton<IntakeBackpressure>();
        services.AddSingleton<DeliveryResponses>();
        services.AddSingleton<WebHookValidation>();
    }

    private static void AddCatchUp(this IServiceCollection services)
    {
        services.AddSingleton<SourceCatchUp>();
        services.AddSingleton<SequenceGaps>();
        services.AddTimerHandler<CatchUpTimer>();
        services.AddTimerHandler<SweepTimer>();
        services.AddHostedService<SweepStart>();
    }

    private static void AddProcessing(this IServiceCollection services)
    {
        services.AddSingleton<EventApplicationReader>();
        services.AddSingleton<EventResultWriter>();
        services.AddSingleton<ActOnEvent>();
        services.AddSingleton<OpenTransfer>();
        services.AddSingleton<EventGaps>();
        services.AddSingleton<FailedEvents>();
        services.AddSingleton<ProcessEvent>();
        services.AddSingleton<ProcessStream>();
        services.AddHostedService<EventWorker>();
    }
}
