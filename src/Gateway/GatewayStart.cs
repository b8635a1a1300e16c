using Integration.Gateway.Platform.Database;
using Integration.Gateway.Policy;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway;

/// <summary>
/// The two long parts of a start, side by side: reading the policy data against their schema, and building the database
/// model. A service that needs them waits for them; what fails here fails again there, and is reported there.
/// </summary>
internal static class GatewayStart
{
    public static void StartSideBySide(this WebApplication app)
    {
        _ = Task.Run(app.Services.GetRequiredService<PolicyBook>);
        _ = Task.Run(() =>
        {
            using var db = app.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
            return db.Model;
        });
    }
}
