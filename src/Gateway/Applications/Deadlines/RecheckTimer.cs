using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Verifications.Comparing;
using Integration.Gateway.Verifications.Queries;
using Integration.Gateway.Verifications.Recording;

namespace Integration.Gateway.Applications.Deadlines;

/// <summary>
/// Wakes an application by itself, asks its open checks again and re-takes the decision.
/// <code>
///  timer ──▶ load ──▶ open checks ──▶ grant still there? ──▶ ask ──▶ decide again ──▶ committed, next timer set
///                                                                          └──▶ limits that are new reach the clocks of the case
/// </code>
/// It ends when nothing is open, the application was withdrawn, or it is too old.
/// </summary>
internal sealed class RecheckTimer(
    AgencyQueries agencies,
    ApplicationStore store,
    DecisionRecorder decisions,
    StandingGrant grants,
    NoticeOutbox outbox,
    EvidenceLog log,
    TimeProvider time
) : ITimerHandler
{
    public const string TimerKind = ApplicationTimers.Recheck;

    public string Kind => TimerKind;

    public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
    {
        if (await FindOpenAsync(call.Key, cancellationToken) is not { } read)
        {
            return null;
        }

        var checks = OpenChecks(read);
        if (!grants.Check(read.Application, checks).Succeeded(out var granted, out _))
        {
            return await PostponeAsync(read);
        }

        if (await agencies.FindRefusalAsync() is { } unavailable)
        {
            throw new NotRecheckedException(unavailable);
        }

        var reports = await agencies.AskAsync(
            granted,
            checks,
            time.GetUtcNow() + AgencyQueries.Unhurried,
            CallPriority.Batch
        );
        var recorded = await ConcurrencyRetry.RunAsync(async isFirst =>
        {
            var current = isFirst ? read : await FindOpenAsync(call.Key, cancellationToken);
            return current is null ? NextRecheck.None : await RecordAsync(current, granted, reports);
        });
        return recorded.Succeeded(out var next, out var refusal) ? next.At : throw new NotRecheckedException(refusal);
    }

    private async Task<ReadApplication?> FindOpenAsync(string key, CancellationToken cancellationToken) =>
        await store.FindAsync(key, cancellationToken) is { Application.State: ApplicationState.Open } stored
            ? store.Reread(stored)
            : null;

    /// <summary>The checks that wait for an agency, whose paper was promised until now, or that rest on an answer that got too old; with what proves it.</summary>
    private IReadOnlyList<PlannedCheck> OpenChecks(ReadApplication read)
    {
        var (application, form, policy) = read;
        var open = ApplicationStanding
            .From(form.Service, application.Proofs, policy, time.GetUtcNow())
            .Proofs.Where(proof => proof.IsOpen || proof.State.OwesPaper || proof.IsOutdated)
            .Select(proof => proof.State.Key)
            .ToHashSet(StringComparer.Ordinal);
        var plan = ApplicationPlan.Create(form, policy, ChinaTime.Day(application.AcceptedAt));
        var asked = plan.Checks.Where(check => open.Contains(check.Key)).ToList();
        return
        [
            .. plan.Checks.Where(check => asked.Exists(other => other == check || Disclosure.AreBound(check, other))),
        ];
    }

    /// <summary>Puts the answers into the application as it stands and decides again.</summary>
    private async Task<Result<NextRecheck>> RecordAsync(
        ReadApplication read,
        GrantedRequest granted,
        IReadOnlyList<CheckReport> reports
    )
    {
        var (application, form, policy) = read;
        var evidence = EvidenceRecorder.Open(granted, application.Basis, application.ApplicationId, policy.Version);
        evidence.Append(reports, time);
        var decided = decisions.Decide(application.With(reports), DecisionTrigger.Recheck, form, policy);
        var unit = decisions.AddLimits(application, decided, policy, evidence);
        var response = decisions.Respond(decided, StatusCodes.Status200OK);
        store.Replace(unit, application, decided, response);
        Notify(unit, application, decided);
        var answer = await decisions.CommitAsync(unit, decided, evidence, response, IdempotencyTicket.None);
        return answer.Succeeded(out _, out var refusal) ? new NextRecheck(decided.WakeAt) : refusal;
    }

    /// <summary>No caller asked for the repetition, so the caller that applied is told when it changes anything.</summary>
    private void Notify(UnitOfWork unit, Application before, Application after)
    {
        if (ApplicationNotifications.Changed(before, after) is { } notice)
        {
            unit.AppendRange(outbox.Rows(notice));
        }
    }

    /// <summary>Without a grant nothing is asked; a grant that is renewed finds the application waiting.</summary>
    private async Task<DateTimeOffset?> PostponeAsync(ReadApplication read)
    {
        var (application, _, policy) = read;
        var postponed = application with
        {
            Rechecks = application.Rechecks + 1,
            RecheckAt = policy.Recheck.Next(application.Rechecks + 1, application.AcceptedAt, time.GetUtcNow()),
        };
        var unit = new UnitOfWork();
        store.Replace(unit, application, postponed, response: null);
        return (await log.CommitAsync(unit, CancellationToken.None)).Succeeded(out _, out var refusal)
            ? postponed.WakeAt
            : throw new NotRecheckedException(refusal);
    }

    /// <summary>When open checks are asked again; null: none is, or the application is not open any more.</summary>
    private readonly record struct NextRecheck(DateTimeOffset? At)
    {
        public static NextRecheck None { get; } = new(null);
    }
}

/// <summary>The repetition could not be put on record; the timer repeats it.</summary>
internal sealed class NotRecheckedException(Refusal refusal)
    : Exception($"The repetition was not recorded ({refusal.Code}); the timer repeats it.");
