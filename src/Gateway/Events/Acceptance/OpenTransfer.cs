using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications;
using Integration.Gateway.JointApplications.Form;
using Integration.Gateway.JointApplications.Opening;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Acceptance;

/// <summary>
/// The accounts of a property go over with it, through flow 3 and under the grants of the source's office.
/// <code>
///  transferred ──(1)──▶ form ──(2)──▶ office ──(3)──▶ flow 3 ──▶ one commit: joint application, legs, timers, case, event,
///                                                        │                  stream, notice, evidence
///                                                        └─(4)─▶ open already: on record
/// </code>
/// </summary>
internal sealed class OpenTransfer(
    OpenJoint open,
    RecordResult record,
    PolicyBook policies,
    CaseBook cases,
    NoticeOutbox outbox,
    CallerDirectory callers,
    TimeProvider time
)
{
    /// <summary>Opens the joint application.</summary>
    /// <returns>What came of it; <see cref="Refusal.Overtaken"/>: somebody else did it; any other refusal: try again later.</returns>
    public async Task<Result<EventDone>> Handle(EventWork work)
    {
        // 1 form
        var faults = new FaultList();
        if (Read(work, faults) is not { } command)
        {
            return Refusal.EventInvalid(faults.ToList()); // the edition in force does not know transfers any more
        }

        // 2 office
        if (!work.Office(callers.Current).Succeeded(out var office, out var refusal))
        {
            return refusal;
        }

        // 3 flow 3
        EventDone? done = null;
        return await open.Open(office, command, IdempotencyTicket.None, Alongside) switch
        {
            OpeningResult.Opened => done!,
            // 4 open already
            OpeningResult.AlreadyOpen { JointId: var openId } => await AlreadyOpen(work, openId),
            OpeningResult.Refused refused => refused.Refusal,
            _ => throw new InvalidOperationException("An opening comes to one of three."),
        };

        CommitPart Alongside(JointFile file)
        {
            done = new EventDone(EventResults.Accepted, StreamState.Open, file.JointId);
            return record.Part(work, done, file.JointId) + new CommitPart([], Told(work, file));
        }
    }

    private OpenCommand? Read(EventWork work, FaultList faults)
    {
        var now = time.GetUtcNow();
        var policy = policies.InForce(now);
        var request = AcceptTransfer.Form(work.Input.Data!.Transfer!, work.Row.CaseId);
        return new JointFormReader(request, policy, now, faults).Read(wait: null) is { } form
            ? new OpenCommand(form, policy, request)
            : null;
    }

    /// <summary>The one that stands; another caller's is named neither to the office nor to the source.</summary>
    private async Task<Result<EventDone>> AlreadyOpen(EventWork work, string? openId)
    {
        var done = new EventDone(EventResults.AlreadyOpen, StreamState.Open, openId);
        var without = JointCase.EndedWithout(cases, work.Source.Options.Office, work.Row.CaseId, time.GetUtcNow());
        return await record.Seal(record.Part(work, done, openId) + new CommitPart([], without), done);
    }

    /// <summary>The office did not ask for it, so it is told, and how much it has to bring.</summary>
    private Action<GatewayDb> Told(EventWork work, JointFile file)
    {
        var rows = outbox.Rows(
            JointNews.Of(
                file,
                NoticeTypes.JointOpened,
                file.OpenedAt,
                ("receiptId", work.Row.ReceiptId),
                ("event", work.Row.Type),
                ("utilities", JointNews.Names(file.Legs.Select(leg => leg.Utility))),
                ("held", JointNews.Names(file.Legs.Where(leg => leg.WakeAt is null).Select(leg => leg.Utility)))
            )
        );
        return db => db.AppendRange(rows);
    }
}
