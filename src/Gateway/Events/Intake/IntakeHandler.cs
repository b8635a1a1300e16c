using Integration.Gateway.Callers;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Events.Intake;

/// <summary>
/// Receives events: from the receipt on they cannot be lost.
/// <code>
///  sender ──raw bytes──(1)──▶ signature ──(2)──▶ source, grant ──(3)──▶ understood ──(4)──▶ accept-by
///                                                                                            │
///  sender ◀──(6)── signed receipt ◀──────── one commit: message, inbox row, evidence ◀──(5)──┘
///                                                        └──▶ the worker is told
/// </code>
/// </summary>
internal sealed class IntakeHandler(
    SignedMessageVerifier verifier,
    EventSources sources,
    EventReader reader,
    EventInbox inbox,
    PolicyBook policies,
    SlaClock clock,
    TimeProvider time
)
{
    /// <summary>Handles one delivery.</summary>
    /// <returns>
    /// One outcome for each event: a receipt, 401 <c>signature-invalid</c> (it names another source), 403 <c>not-granted</c> (for
    /// events of its type), 409 <c>event-conflict</c>, 422 <c>event-invalid</c>, 503 <c>clock-data-missing</c>. Or a refusal of the whole: 401, 403 <c>not-granted</c>, 422, 503
    /// <c>evidence-unavailable</c>, <c>unavailable</c>.
    /// </returns>
    public async Task<Result<DeliveryOutcome>> HandleAsync(CallerContext caller, EventDelivery delivery)
    {
        // 1 signature
        if (!Verify(delivery).Succeeded(out var message, out var forged))
        {
            return forged;
        }

        // 2 source and grant
        var now = StoredTime.From(time.GetUtcNow()); // what is said now is said again from the database
        var source = sources.Find(message.Signer.Owner)!;
        if (!EventGrants.Check(caller, source, now).Succeeded(out var grants, out var notGranted))
        {
            return notGranted;
        }

        // 3 understood
        if (!reader.Read(message, delivery.Form, now).Succeeded(out var content, out var invalid))
        {
            return invalid;
        }

        // 4 accept-by
        var policy = policies.InForce(now);
        var acceptBy = AcceptBy(policy, now);

        // 5 commit
        return await inbox.ReceiveAsync(
            new DeliveredEvents
            {
                Message = message,
                Source = source,
                Grants = grants,
                Content = content,
                Policy = policy,
                AcceptBy = acceptBy,
                At = now,
            }
        );
    }

    private Result<SignedMessage> Verify(EventDelivery delivery) =>
        delivery.Form == DeliveryForm.Attached
            ? verifier.VerifyAttached(delivery.Body, sources.Signers)
            : verifier.VerifyDetached(delivery.Body, delivery.Signature, sources.Signers);

    private Result<DateTimeOffset> AcceptBy(PolicyEdition policy, DateTimeOffset now) =>
        clock.DueAt(EventTransitions.AcceptanceTerms(policy), now).Succeeded(out var due, out var missing)
            ? due
            : EventProblems.ClockDataMissing(missing.Note);
}
