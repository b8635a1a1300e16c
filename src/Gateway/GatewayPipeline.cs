using Integration.Gateway.Applications;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks.Loading;
using Integration.Gateway.Events;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications;
using Integration.Gateway.Limits;
using Integration.Gateway.Notices.Operations;
using Integration.Gateway.Operations;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Health;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Telemetry;
using Integration.Gateway.Sharing;
using Integration.Gateway.Verifications;

namespace Integration.Gateway;

/// <summary>The way of a request through the gateway, top to bottom.</summary>
internal static class GatewayPipeline
{
    public static void UseGateway(this WebApplication app)
    {
        app.StartSideBySide();

        app.UseFrontDoor();
        app.UseProblems();
        app.UseRouting();
        app.UseCallers();
        app.UseLimits();
        app.UseMiddleware<QueryTexts>();
        app.UseMetricsPage();

        app.MapHealth();
        app.MapApiDescription();

        app.MapSharing();
        app.MapVerifications();
        app.MapApplications();
        app.MapEvents();
        app.MapJointApplications();
        app.MapCases();
        app.MapEvidence();
        app.MapOperations();
        app.MapCalendars();
        app.MapNotices();
        app.MapAudit();
    }
}
