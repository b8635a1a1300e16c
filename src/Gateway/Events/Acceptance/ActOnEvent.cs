using Integration.Gateway.Applications;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Acceptance;

/// <summary>
/// Does what an event means, through flow 1 and under the grants of the source's office. Application, case, clocks, event,
/// stream, notices and evidence are one commit.
/// </summary>
internal sealed class ActOnEvent(ApplyHandler apply, CallerDirectory callers, PolicyBook policies, TimeProvider time)
{
    /// <summary>Opens the application.</summary>
    /// <returns>What came of it; <see cref="Refusal.Overtaken"/>: somebody else did it; any other refusal: try again later.</returns>
    public async Task<Result<EventDone>> Open(EventWork work)
    {
        var now = time.GetUtcNow();
        var policy = policies.InForce(now);
        var office = callers.Current.Find(work.Source.Options.Office)!;
        var request = AcceptEvent.Application(work.Input, work.Row.CaseId);
        var form = new FormReader(request, policy, now, new FaultList()).Read(wait: null)!;
        EventDone? done = null;
        var answer = await apply.Handle(
            new CallerContext(office.Caller, callers.Current),
            new ApplyCommand(form, policy, request),
            IdempotencyTicket.None,
            new ApplicationOrigin(
                work.Row.HappenedAt,
                dossier =>
                    work.Done(done = new EventDone(EventResults.Accepted, StreamState.Open, dossier.ApplicationId))
            )
        );
        return answer.Succeeded(out _, out var refusal) ? done! : refusal;
    }
}
