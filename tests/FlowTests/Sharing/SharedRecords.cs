using System.Security.Cryptography;
using System.Text;
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
    public static async Task<IReadOnlyList<SharedRecord>> RecordsAsync(this IntegrationHost host)
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

    /// <summary>
    /// How a message's digest stands on a record, reckoned from the installation's look-up key alone, as docs/spec/evidence.md says.
    /// </summary>
    public static string OnRecord(this IntegrationHost host, string evidenceId, ReadOnlySpan<byte> message)
    {
        var lookup = Convert.FromBase64String(File.ReadAllText(host.SecretFile("lookup.key")).Trim());
        var own = HMACSHA256.HashData(lookup, Encoding.UTF8.GetBytes($"record-digest\n{evidenceId}"));
        var plain = Convert.ToHexStringLower(SHA256.HashData(message));
        return Convert.ToHexStringLower(HMACSHA256.HashData(own, Encoding.ASCII.GetBytes(plain)));
    }

    /// <summary>The same when there are so many, for what is written after the caller has seen the end.</summary>
    public static async Task<IReadOnlyList<SharedRecord>> RecordsAsync(this IntegrationHost host, int count)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(20);
        while (true)
        {
            var records = await host.RecordsAsync();
            if (records.Count >= count || TimeProvider.System.GetUtcNow() > deadline)
            {
                return records;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
