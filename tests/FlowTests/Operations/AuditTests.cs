using System.Net;
using System.Net.Http.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Integration.Testing;
using Integration.Testing.Drivers;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Operations;

public sealed class SqliteAuditTests() : AuditTests(Engine.Sqlite);

public sealed class PostgresAuditTests() : AuditTests(Engine.PostgreSql);

public abstract class AuditTests(Engine engine)
{
    [Fact]
    public async Task Operators_read_the_trail_page_by_page_and_each_record_whole()
    {
        await using var host = await IntegrationHost.StartAsync(new IntegrationHostOptions { Engine = engine });
        var ops = host.As("ops");
        var start = (await ReadAsync<AuditResponse>(await ops.GetAsync("/v1/ops/audit")))
            .Records.LastOrDefault()
            ?.AuditId;
        var trail = host.Services.GetRequiredService<AuditTrail>();
        var detail = new string('x', 2500);
        foreach (var subject in new[] { "one", "two", "three" })
        {
            var recorded = await trail.RecordAsync(
                new AuditEntry("ops", "test", subject, detail),
                CancellationToken.None
            );
            Assert.True(recorded.Succeeded(out _, out _));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System); // numbers sort by millisecond
        }

        var first = await ReadAsync<AuditResponse>(await ops.GetAsync($"/v1/ops/audit?limit=2&after={start}"));
        var second = await ReadAsync<AuditResponse>(await ops.GetAsync($"/v1/ops/audit?limit=2&after={first.Next}"));
        var whole = await ReadAsync<AuditRecord>(await ops.GetAsync($"/v1/ops/audit/{second.Records[0].AuditId}"));

        Assert.Equal(["one", "two"], first.Records.Select(record => record.Subject));
        Assert.Equal(["three"], second.Records.Select(record => record.Subject));
        Assert.Null(second.Next);
        Assert.Equal((2000, 2500), (second.Records[0].Detail!.Length, second.Records[0].DetailLength));
        Assert.Equal(detail, whole.Detail);
    }

    [Fact]
    public async Task Nobody_else_reads_it_and_a_wrong_limit_is_named()
    {
        await using var host = await IntegrationHost.StartAsync(new IntegrationHostOptions { Engine = engine });

        using var hall = await host.Hall.GetAsync("/v1/ops/audit");
        using var limit = await host.As("ops").GetAsync("/v1/ops/audit?limit=501");
        using var absent = await host.As("ops").GetAsync("/v1/ops/audit/aud_absent");

        Assert.Equal(HttpStatusCode.Forbidden, hall.StatusCode);
        Assert.Equal("query:limit", (await HallDriver.ProblemOfAsync(limit)).Errors!.Single().Pointer);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<T>(IntegrationJson.Options))!;
        }
    }
}
