using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Processing;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Storage;

/// <summary>The inbox: unique for ever on source and id. A delivery is one look-up and one commit, however many events it has.</summary>
internal sealed class Inbox(
    EvidenceLog evidence,
    PersonalDataVault vault,
    ConflictAlert alert,
    EventSignal signal,
    SlaClock clock,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    /// <summary>Each time somebody else was faster with one of the events; then it is known at the next look.</summary>
    private const int MostAttempts = 5;

    /// <summary>Nearly every delivery is one event that is new: finding that out is most of what a look-up costs. Compiled for one engine.</summary>
    private readonly Func<GatewayDb, string, string, Task<bool>> _isKnown = EF.CompileAsyncQuery(
        (GatewayDb db, string source, string eventId) =>
            db.Set<EventRow>().Any(row => row.Source == source && row.EventId == eventId)
    );

    /// <summary>Commits what is new and finds what is there already.</summary>
    /// <returns>One outcome for each event; or 503 <c>evidence-unavailable</c>, <c>unavailable</c>: nothing was acknowledged.</returns>
    public async Task<Result<DeliveryOutcome>> Receive(DeliveredEvents delivery)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (!(await Known(delivery)).Succeeded(out var known, out var unavailable))
            {
                return unavailable;
            }

            var plan = new InboxPlan(delivery, known.Rows, known.FarAhead, vault, time);
            if (plan.Drafts.Count == 0)
            {
                return plan.Outcome;
            }

            using var telling = alert.Of(delivery, plan.Conflicts);
            var sealing = await evidence.Seal(
                plan.Drafts,
                Write(delivery, plan, telling.Notices),
                CancellationToken.None
            );
            if (sealing.Succeeded(out var evidenced, out var refusal))
            {
                telling.Committed();
                return evidenced.Release(Committed(plan)).Answer;
            }

            if (!ReferenceEquals(refusal, Refusal.Overtaken))
            {
                return refusal;
            }
        }

        return Refusal.Unavailable;
    }

    private DeliveryOutcome Committed(InboxPlan plan)
    {
        if (plan.MessageId is not null)
        {
            signal.Raise();
        }

        return plan.Outcome;
    }

    private Action<GatewayDb> Write(DeliveredEvents delivery, InboxPlan plan, IReadOnlyList<NoticeRow> notices)
    {
        var message = plan.MessageId is { } messageId ? MessageOf(delivery, messageId) : null;
        var cases = plan.Cases.Select(received => InCase(delivery.Source.Name, received)).ToList();
        return db =>
        {
            if (message is not null)
            {
                db.Append(message);
            }

            db.AppendRange(plan.Rows);
            db.AppendRange(notices);
            cases.ForEach(open => open(db));
            plan.Rows.ForEach(row => StreamSteps.PassOver(db, row));
        };
    }

    private Action<GatewayDb> InCase(string source, CaseEvent received) =>
        CaseBook.OpenIfAbsent(
            EventActs.Open(received, clock),
            (db, file) =>
                EventActs.Receive(
                    file,
                    received,
                    received.IsOpening && WaitingEvents.AnyWithdrawal(db, source, received.CaseId),
                    clock
                )
        );

    private SignedMessageRow MessageOf(DeliveredEvents delivery, string messageId) =>
        new()
        {
            MessageId = messageId,
            Content = vault.SealBytes(delivery.Message.Content.ToArray()),
            Signature = vault.SealBytes(CmsParts.WithoutContent(delivery.Message.Signature)),
            Thumbprint = delivery.Message.Signer.Thumbprint,
            ReceivedAt = delivery.At,
        };

    private async Task<Result<KnownEvents>> Known(DeliveredEvents delivery)
    {
        var ids = delivery
            .Content.Events.Select(read => read.EventId)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        try
        {
            await using var db = await factory.CreateDbContextAsync();
            var farAhead = await SequenceJumps.Find(db, delivery.Content.Events);
            if (ids is [] || (ids is [var only] && !await _isKnown(db, delivery.Source.Name, only)))
            {
                return new KnownEvents([], farAhead);
            }

            var rows = await db.Set<EventRow>()
                .AsNoTracking()
                .Where(row => row.Source == delivery.Source.Name && ids.Contains(row.EventId))
                .ToArrayAsync();
            return new KnownEvents(rows, farAhead);
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Unavailable)
        {
            return Refusal.Unavailable; // the check `database` says so to operators
        }
    }

    private sealed record KnownEvents(EventRow[] Rows, IReadOnlySet<ReceivedEvent> FarAhead);
}
