using System.Collections.Concurrent;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Events;

/// <summary>
/// Commits that mark an event as processed fail on order: as a fault of the event, or as a database that is gone. What went
/// through is noted.
/// </summary>
public sealed class OrderingFaults : SaveChangesInterceptor
{
    private readonly ConcurrentDictionary<string, Func<Exception>> _faults = new(StringComparer.Ordinal);

    /// <summary>Event numbers in the order in which they were processed, over all nodes that share this.</summary>
    public ConcurrentQueue<string> Processed { get; } = [];

    public int Attempts { get; private set; }

    public void Poison(string eventId) => _faults[eventId] = () => new InvalidOperationException("A poisonous event.");

    public void TakeDatabaseAway(string eventId) => _faults[eventId] = () => new IOException("No database.");

    public void Mend(string eventId) => _faults.TryRemove(eventId, out _);

    public void Attach(WebApplicationBuilder builder) => builder.Services.AddSingleton<IInterceptor>(this);

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        foreach (var row in Done(eventData))
        {
            if (_faults.TryGetValue(row.EventId, out var fault))
            {
                Attempts++;
                throw fault();
            }
        }

        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        foreach (var row in Done(eventData))
        {
            Processed.Enqueue(row.EventId);
        }

        return result;
    }

    private static IEnumerable<EventRow> Done(DbContextEventData data) =>
        data.Context is { } db
            ? db
                .ChangeTracker.Entries<EventRow>()
                .Where(entry => entry.Entity.State == EventState.Processed)
                .Select(entry => entry.Entity)
                .ToList()
            : [];
}
