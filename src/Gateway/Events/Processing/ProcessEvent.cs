using System.Text.Json;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Acceptance;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// Processes one event of the inbox: at most once effective, however often it is tried.
/// <code>
///  inbox row ──(1)──▶ its turn? (pure) ──(2)──▶ act ──(3)──▶ one commit: application, case, clocks, event, stream,
///                                                            notices, evidence
/// </code>
/// </summary>
internal sealed class ProcessEvent(
    ActOnEvent act,
    EventSources sources,
    PersonalDataVault vault,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    public async Task Handle(EventRow row, CancellationToken cancellationToken)
    {
        var work = new EventWork
        {
            Row = row,
            Input = await Open(row, cancellationToken),
            Source = sources.Find(row.Source)!,
            Done = done => db => Processed(db, row, done),
        };
        var result = await act.Open(work);
        _ = result.Succeeded(out _, out _);
    }

    private void Processed(GatewayDb db, EventRow before, EventDone done)
    {
        var row = db.Find<EventRow>(before.ReceiptId)!;
        db.Entry(row).Property(stored => stored.Version).OriginalValue = before.Version;
        row.Version = before.Version + 1;
        row.State = EventState.Processed;
        row.Result = done.Result;
        row.ApplicationId = done.ApplicationId;
        row.ProcessedAt = time.GetUtcNow();
    }

    private async Task<EventInput> Open(EventRow row, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var message = await db.Set<SignedMessageRow>()
            .AsNoTracking()
            .FirstAsync(message => message.MessageId == row.MessageId, cancellationToken);
        var bytes = EventBatch.Element(vault.OpenBytes(message.Content), row.Index);
        return JsonSerializer.Deserialize(bytes.Span, ApiJson.Of<EventInput>())!;
    }
}
