using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway;

/// <summary>The way of a request through the gateway, top to bottom.</summary>
internal static class GatewayPipeline
{
    public static void UseGateway(this WebApplication app)
    {
        app.UseProblems();
        app.UseCallers();

        app.MapGet("/health/live", () => TypedResults.Ok()).AllowAnonymous();
    }
}
