using System.Text.Json;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Sharing;

/// <summary>One record of a forwarded request.</summary>
internal sealed record SharedRecord(string EvidenceId, EvidenceFact Fact);

/// <summary>The evidence of forwarded requests, straight from the database.</summary>
internal static class SharedRecords
{
    /// <summary>All of them, oldest first.</summary>
    public static async Task<IReadOnlyList<SharedRecord>> Records(this IntegrationHost host)
    {
        await using var db = host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        var rows = await db.Set<EvidenceRow>().AsNoTracking().OrderBy(row => row.Sequence).ToListAsync();
        return
        [
            .. rows.Select(row => new SharedRecord(
                    row.EvidenceId,
                    JsonSerializer.Deserialize<EvidenceFact>(row.Record, JsonSerializerOptions.Web)!
                ))
                .Where(record => record.Fact.Kind == "sharedCall"),
        ];
    }

    /// <summary>The same when there are so many, for what is written after the caller has seen the end.</summary>
    public static async Task<IReadOnlyList<SharedRecord>> Records(this IntegrationHost host, int count)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(20);
        while (true)
        {
            var records = await host.Records();
            if (records.Count >= count || TimeProvider.System.GetUtcNow() > deadline)
            {
                return records;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
