using Integration.Gateway.Callers;
using Integration.Gateway.Grants;

namespace Integration.Gateway;

/// <summary>What the gateway is made of, in the order in which a request meets it.</summary>
internal static class GatewayServices
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddCallers(ServiceFields.Vocabulary);
    }
}
