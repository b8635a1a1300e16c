using System.Net;
using System.Text.Json.Nodes;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Verifications.Recording;
using Integration.Testing;
using Integration.Testing.World;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Operations;

/// <summary>No evidence, no answer: over HTTP, with the database locked under the gateway's feet.</summary>
public class EvidenceUnavailableTests
{
    [Fact]
    public async Task Without_evidence_there_is_no_answer_and_the_same_key_gets_one_later()
    {
        await using var host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = new Dictionary<string, string?> { ["Gateway:Database:Timeout"] = "00:00:01" },
            }
        );
        var request = HallRequests.Verification();
        await using (await LockAsync(host))
        {
            using var refused = await host.Hall.PostAsync("/v1/verifications", request, ("Idempotency-Key", "k"));
            var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("evidence-unavailable", (string?)problem["code"]);
            Assert.Equal("safe", (string?)problem["retry"]);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Equal((0, 0, 0), await StoredAsync(host));
        using var answer = await host.Hall.PostAsync("/v1/verifications", request, ("Idempotency-Key", "k"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var (evidence, verifications, answers) = await StoredAsync(host);
        Assert.InRange(evidence, 6, 12);
        Assert.Equal((1, 1), (verifications, answers));
    }

    internal static async Task<SqliteConnection> LockAsync(IntegrationHost host)
    {
        await using var db = Db(host);
        var connection = new SqliteConnection($"Data Source={db.Database.GetDbConnection().DataSource};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<(int Evidence, int Verifications, int Answers)> StoredAsync(IntegrationHost host)
    {
        await using var db = Db(host);
        return (
            await db.Set<EvidenceRow>().CountAsync(),
            await db.Set<VerificationRow>().CountAsync(),
            await db.Set<IdempotencyRow>().CountAsync()
        );
    }

    private static GatewayDb Db(IntegrationHost host) =>
        host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
}
