using System.Text.Json;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Inbox;

/// <summary>What an event of the inbox says, opened from the sealed bytes that were signed.</summary>
internal sealed class EventContent(EventSources sources, PersonalDataVault vault, IDbContextFactory<GatewayDb> factory)
{
    /// <summary>The office that the source of an event names; null: operators took the source out of the settings.</summary>
    public string? OfficeOf(EventRow row) => sources.Find(row.Source)?.Options.Office;

    /// <summary>What an event says, and of whom.</summary>
    /// <exception cref="InvalidOperationException">Source or message are gone: operators took the source out of the settings.</exception>
    public async Task<(EventInput Input, EventSource Source)> ReadAsync(EventRow row)
    {
        var source =
            sources.Find(row.Source)
            ?? throw new InvalidOperationException("The source of an event is not in the settings any more.");
        if (row.MessageId is null)
        {
            return (Kept(row), source);
        }

        await using var db = await factory.CreateDbContextAsync();
        var message = await db.Set<SignedMessageRow>()
            .AsNoTracking()
            .FirstAsync(message => message.MessageId == row.MessageId);
        var bytes = EventBatch.Element(vault.OpenBytes(message.Content), row.Index);
        return (JsonSerializer.Deserialize(bytes.Span, ApiJson.For<EventInput>())!, source);
    }

    /// <summary>Nothing was requested, so no more than the row is kept.</summary>
    private static EventInput Kept(EventRow row) =>
        new()
        {
            Id = row.EventId,
            Source = row.Source,
            Type = row.Type,
            Time = row.HappenedAt,
        };
}
