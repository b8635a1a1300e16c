using Integration.Adapters;
using Integration.Gateway.Applications;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications;
using Integration.Gateway.Limits;
using Integration.Gateway.Notices;
using Integration.Gateway.Operations;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Telemetry;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;
using Integration.Gateway.Sharing;
using Integration.Gateway.Sharing.Filtering;
using Integration.Gateway.Signatures;
using Integration.Gateway.Verifications;

namespace Integration.Gateway;

/// <summary>What the gateway is made of, in the order in which it starts: what others need comes first.</summary>
internal static class GatewayServices
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        GatewaySettings.RefuseUnknownSections(builder.Configuration);
        builder.AddHttpLimits();
        builder.AddTelemetry();
        builder.Services.AddReadiness();
        builder.Services.AddApiDescription();

        builder.AddGatewayDatabase();
        builder.AddPersonalDataProtection();
        builder.AddEvidence();
        builder.Services.AddSignatures();
        builder.AddIdempotency();
        builder.AddDurableTimers();
        builder.Services.AddClocks();
        builder.Services.AddNotices();
        builder.Services.AddCases();

        builder.AddCallers(ServiceFields.Vocabulary with { SharedFieldFault = FieldTree.FaultIn });
        builder.Services.AddLimits();
        builder.Services.AddAudit();
        builder.Services.AddPolicy();
        builder.Services.AddAgencyAdapters(builder.Configuration);

        builder.Services.AddSharing();
        builder.Services.AddVerifications();
        builder.Services.AddApplications();
        builder.Services.AddEvents();
        builder.Services.AddJointApplications();
        builder.Services.AddOperations();
        builder.Services.LeaveContentTypesToEndpoints();
    }
}
