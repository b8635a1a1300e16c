using Integration.Contracts.V1.Events;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Events.Intake;

/// <summary>
/// Receives an event: from the receipt on it cannot be lost.
/// <code>
///  sender ──raw bytes──(1)──▶ signature ──(2)──▶ understood ──(3)──▶ source, grant ──(4)──▶ accept-by
///                                                                                            │
///  sender ◀──(6)── signed receipt ◀──────── one commit: message, inbox row, evidence ◀──(5)──┘
///                                                        └──▶ the worker is told
/// </code>
/// </summary>
internal sealed class ReceiveEvent(
    SignedMessageVerifier verifier,
    EventSources sources,
    EventReader reader,
    Inbox inbox,
    PolicyBook policies,
    SlaClock clock,
    TimeProvider time
)
{
    /// <summary>Handles one event with a detached signature.</summary>
    /// <param name="caller">The authenticated caller.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="signature">The CMS of <c>Content-Signature</c>, DER.</param>
    /// <returns>
    /// The receipt; 401 <c>signature-invalid</c>; 403 <c>not-granted</c>; 409 <c>event-conflict</c>; 422 <c>event-invalid</c>;
    /// 503 <c>clock-data-missing</c>, <c>evidence-unavailable</c>.
    /// </returns>
    public async Task<Result<EventReceipt>> Detached(CallerContext caller, byte[] body, byte[] signature)
    {
        // 1 signature
        if (!verifier.VerifyDetached(body, signature, sources.Signers).Succeeded(out var message, out var forged))
        {
            return forged;
        }

        return await Verified(caller, message);
    }

    private async Task<Result<EventReceipt>> Verified(CallerContext caller, SignedMessage message)
    {
        // 2 understand
        if (!reader.Read(message).Succeeded(out var received, out var invalid))
        {
            return invalid;
        }

        // 3 source and grant
        var now = time.GetUtcNow();
        if (!Grant(caller, received, now).Succeeded(out var granted, out var notGranted))
        {
            return notGranted;
        }

        // 4 accept-by
        var policy = policies.InForce(now);
        if (!clock.DueAt(CaseActs.AcceptanceTerms(policy), now).Succeeded(out var acceptBy, out var missing))
        {
            return Refusal.ClockDataMissing(missing.Note);
        }

        // 5 commit, 6 receipt
        return await inbox.Receive(received, granted, policy, acceptBy, now);
    }

    private static Result<GrantedRequest> Grant(CallerContext caller, ReceivedEvent received, DateTimeOffset now)
    {
        if (received.Message.Signer.Owner != received.Source.Name)
        {
            return Refusal.SignatureInvalid("Rule source: the certificate is registered for another source.");
        }

        if (!received.Source.Options.Clients.Contains(caller.Caller.Id, StringComparer.Ordinal))
        {
            return Refusal.NotGranted("Rule source: you may not deliver for this source.");
        }

        return GrantedRequest.Check(
            caller.Callers,
            caller.Caller,
            received.CaseId,
            Purposes.EnterpriseOpening,
            [new GrantDemand(ServiceFields.Events, Purposes.EnterpriseOpening, [])],
            now
        );
    }
}
