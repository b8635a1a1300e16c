using System.Text.Json;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Applications;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Policy;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// Processes one event of the inbox: at most once effective, however often it is tried.
/// <code>
///  inbox row ──(1)──▶ its turn? ──(2)──▶ application (pure) ──(3)──▶ flow 1 ──(4)──▶ one commit: application, case, clocks,
///                                                                                    event, stream, notices, evidence
/// </code>
/// </summary>
internal sealed class ProcessEvent(
    ApplyHandler apply,
    EventSources sources,
    CallerDirectory callers,
    PolicyBook policies,
    PersonalDataVault vault,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    public async Task Handle(EventRow row, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var policy = policies.InForce(now);
        var office = sources.Find(row.Source)!.Options.Office;
        var caller = new CallerContext(callers.Current.Find(office)!.Caller, callers.Current);
        var input = await Open(row, cancellationToken);
        var request = AcceptEvent.Application(input, row.CaseId);
        var form = new FormReader(request, policy, now, new FaultList()).Read(wait: null)!;
        var answer = await apply.Handle(
            caller,
            new ApplyCommand(form, policy, request),
            IdempotencyTicket.None,
            new ApplicationOrigin(
                row.HappenedAt,
                dossier => db => Processed(db, row, "accepted", dossier.ApplicationId)
            )
        );
        _ = answer.Succeeded(out _, out _);
    }

    private void Processed(GatewayDb db, EventRow before, string result, string? applicationId)
    {
        var row = db.Find<EventRow>(before.ReceiptId)!;
        db.Entry(row).Property(stored => stored.Version).OriginalValue = before.Version;
        row.Version = before.Version + 1;
        row.State = EventState.Processed;
        row.Result = result;
        row.ApplicationId = applicationId;
        row.ProcessedAt = time.GetUtcNow();
    }

    private async Task<EventInput> Open(EventRow row, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var message = await db.Set<SignedMessageRow>()
            .AsNoTracking()
            .FirstAsync(message => message.MessageId == row.MessageId, cancellationToken);
        return JsonSerializer.Deserialize(vault.OpenBytes(message.Content), ApiJson.Of<EventInput>())!;
    }
}
