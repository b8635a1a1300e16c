using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Health;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Telemetry;

namespace Integration.Gateway;

/// <summary>What the gateway is made of, in the order in which a request meets it.</summary>
internal static class GatewayServices
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddHttpLimits();
        builder.AddTelemetry();
        builder.Services.AddHealth();

        builder.Services.AddClocks();

        builder.AddCallers(ServiceFields.Vocabulary);
    }
}
