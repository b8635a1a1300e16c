using System.Diagnostics;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Tests.Database;

public sealed class SqliteTracingTests
{
    [Fact]
    public async Task A_command_is_a_span_that_holds_no_text_and_no_value()
    {
        await using var database = new SqliteTestDatabase();
        await using var host = await ServiceHost.StartAsync(database);
        using var root = new Activity("test").Start();
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SqliteTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == root.TraceId)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var db = host.Db();

        await db.Set<TimerRow>().Where(row => row.Key == "a-secret-value").ToListAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("INSERT INTO absent VALUES (1)"));

        Assert.Equal(["sqlite SELECT", "sqlite INSERT"], spans.Select(span => span.DisplayName));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], spans.Select(span => span.Status));
        Assert.All(
            spans,
            span =>
                Assert.DoesNotContain(
                    span.TagObjects,
                    tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal)
                )
        );
        Assert.All(spans, span => Assert.Equal(root.SpanId, span.ParentSpanId));
    }
}
