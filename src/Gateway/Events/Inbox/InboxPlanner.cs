using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Inbox;

/// <summary>Looks up once what the inbox has of a delivery, and plans what becomes of each event.</summary>
internal sealed class InboxPlanner(PersonalDataVault vault, IDbContextFactory<GatewayDb> factory, TimeProvider time)
{
    /// <summary>Nearly every delivery is one event that is new: finding that out is most of what a look-up costs. Compiled for one engine.</summary>
    private readonly Func<GatewayDb, string, string, Task<bool>> _isKnown = EF.CompileAsyncQuery(
        (GatewayDb db, string source, string eventId) =>
            db.Set<EventRow>().Any(row => row.Source == source && row.EventId == eventId)
    );

    /// <summary>Plans a delivery.</summary>
    /// <returns>The plan; <see cref="Refusal.Unavailable"/>: the database cannot be reached, which the check <c>database</c> tells operators.</returns>
    public async Task<Result<InboxPlan>> PlanAsync(DeliveredEvents delivery)
    {
        try
        {
            await using var db = await factory.CreateDbContextAsync();
            var farAhead = await FarAheadEvents.FindAsync(db, delivery.Content.Events);
            var known = await KnownAsync(db, delivery);
            var soldBefore = await SoldBeforeAsync(db, delivery);
            return new InboxPlan(delivery, known, farAhead, soldBefore, vault, time);
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Unavailable)
        {
            return Refusal.Unavailable;
        }
    }

    /// <summary>The properties of which a sale is delivered in which nothing is ticked, and of which an earlier sale asked for something.</summary>
    private static async Task<IReadOnlySet<string>> SoldBeforeAsync(GatewayDb db, DeliveredEvents delivery)
    {
        var streams = delivery
            .Content.Events.Select(read => read.Content.Succeeded(out var received, out _) ? received : null)
            .OfType<ReceivedEvent>()
            .Where(received => received is { WantsNothing: true, Input.Type: EventTypes.Transferred })
            .Select(received => received.StreamId)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return streams is []
            ? new HashSet<string>(StringComparer.Ordinal)
            : await db.Set<EventRow>()
                .Where(row => streams.Contains(row.StreamId) && row.MessageId != null)
                .Select(row => row.StreamId)
                .ToHashSetAsync(StringComparer.Ordinal);
    }

    private async Task<EventRow[]> KnownAsync(GatewayDb db, DeliveredEvents delivery)
    {
        var ids = delivery
            .Content.Events.Select(read => read.EventId)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (ids is [] || (ids is [var only] && !await _isKnown(db, delivery.Source.Name, only)))
        {
            return [];
        }

        return await db.Set<EventRow>()
            .AsNoTracking()
            .Where(row => row.Source == delivery.Source.Name && ids.Contains(row.EventId))
            .ToArrayAsync();
    }
}
