using Integration.Gateway.Cases;
using Integration.Gateway.JointApplications.Deadlines;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.JointApplications.Places;
using Integration.Gateway.JointApplications.Proofs;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.JointApplications;

/// <summary>The services of flow 3.</summary>
internal static class JointApplicationServices
{
    public static void AddJointApplications(this IServiceCollection services)
    {
        services.AddSingleton<JointEffectWriter>();
        services.AddSingleton<JointPlaces>();
        services.AddSingleton<JointApplicationStore>();
        services.AddSingleton<JointApplicationResponses>();
        services.AddSingleton<OpenHandler>();
        services.AddSingleton<JointApplicationHandlers>();
        services.AddSingleton<JointApplicationQuery>();
        services.AddSingleton<ProofQueries>();
        services.AddSingleton<LegHandover>();
        services.AddSingleton<LegMoves>();
        services.AddSingleton<LegCalls>();
        services.AddSingleton<Providers>();
        services.AddSingleton<StatusReceiver>();
        services.AddSingleton<StatusPoller>();
        services.AddSingleton<WorkListPage>();
        services.AddSingleton<WorkList>();
        services.AddTimerHandler<LegWorker>();
        services.AddTimerHandler<JointDeadlineTimer>();
        services.AddTimerHandler<ProofRecheckTimer>();
        services.AddSingleton<ICaseHistory, JointApplicationHistory>();
        services.AddHostedService<UtilityLinesCheck>();
    }
}
