using System.Text.Json;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.JointApplications;

/// <summary>What is on record of looks and questions, straight from the database.</summary>
internal static class JointEvidence
{
    /// <summary>The looks, oldest first.</summary>
    public static async Task<IReadOnlyList<EvidenceFact>> LooksAsync(this IntegrationHost host) =>
        [.. (await FactsAsync(host)).Where(fact => fact.Kind == "look")];

    /// <summary>What a client had the agencies asked, oldest first.</summary>
    public static async Task<IReadOnlyList<EvidenceFact>> AgencyCallsAsync(this IntegrationHost host, string client) =>
        [.. (await FactsAsync(host)).Where(fact => fact.Kind == "agencyCall" && fact.CallerId == client)];

    private static async Task<IReadOnlyList<EvidenceFact>> FactsAsync(IntegrationHost host)
    {
        await using var db = host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        var records = await db.Set<EvidenceRow>()
            .AsNoTracking()
            .OrderBy(row => row.Sequence)
            .Select(row => row.Record)
            .ToListAsync();
        return
        [
            .. records.Select(record => JsonSerializer.Deserialize<EvidenceFact>(record, JsonSerializerOptions.Web)!),
        ];
    }
}
