using System.Net;
using Integration.Contracts.V1.Events;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

/// <summary>A sender that repeats another event under a known id, in a loop.</summary>
public sealed class IntakeConflictTests
{
    [Fact]
    public async Task Each_is_on_record_and_the_same_one_is_told_once_an_hour()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        await using var scene = await EventDriver.StartAsync(new() { Clock = clock });
        var input = scene.Opened();
        var first = await scene.ProcessedAsync(input);

        await RefusedAsync(scene, input with { Sequence = "2" }, times: 3);
        Assert.Equal((3, 1, 1), await ConflictsAsync(scene, first));

        await RefusedAsync(scene, input with { Sequence = "3" }, times: 2);
        Assert.Equal((5, 2, 2), await ConflictsAsync(scene, first)); // another one is told at once

        clock.Advance(TimeSpan.FromHours(1));
        await RefusedAsync(scene, input with { Sequence = "2" }, times: 2);
        Assert.Equal((7, 3, 3), await ConflictsAsync(scene, first));
    }

    private static async Task RefusedAsync(EventDriver scene, EventInput input, int times)
    {
        using var municipal = scene.Host.Municipal();
        for (var i = 0; i < times; i++)
        {
            using var answer = await municipal.SendAsync(input);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        }
    }

    /// <summary>How often other events came under the id of one, and how often that was told to operators and to the office.</summary>
    private static async Task<(int OnRecord, int Logged, int Noticed)> ConflictsAsync(
        EventDriver scene,
        EventResponse first
    )
    {
        using var municipal = scene.Host.Municipal();
        var answer = await municipal.ReadAsync(first.ReceiptId);
        return (
            answer.History.Count(entry => entry.What == "conflict"),
            scene.Host.Recorded.Logs.Count(log => log.Contains("ConflictAlert 2250", StringComparison.Ordinal)),
            (await scene.NoticesAsync(first.CaseId)).Count(notice => notice.Type == "event.conflict")
        );
    }
}
