using System.Text.Json;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.JointApplications;

/// <summary>What is on record of looks, straight from the database.</summary>
internal static class JointEvidence
{
    /// <summary>The looks, oldest first.</summary>
    public static async Task<IReadOnlyList<EvidenceFact>> Looks(this IntegrationHost host)
    {
        await using var db = host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        var records = await db.Set<EvidenceRow>()
            .AsNoTracking()
            .OrderBy(row => row.Sequence)
            .Select(row => row.Record)
            .ToListAsync();
        return
        [
            .. records
                .Select(record => JsonSerializer.Deserialize<EvidenceFact>(record, JsonSerializerOptions.Web)!)
                .Where(fact => fact.Kind == "look"),
        ];
    }
}
