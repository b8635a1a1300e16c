using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Answering;
using Integration.Gateway.Applications.Deciding;
using Integration.Gateway.Applications.Planning;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Clocks;
using Integration.Gateway.Grants;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Verifications.Asking;
using Integration.Gateway.Verifications.Comparing;
using Integration.Gateway.Verifications.Recording;

namespace Integration.Gateway.Applications;

/// <summary>
/// Wakes an application by itself, asks its open checks again and re-takes the decision.
/// <code>
///  timer ──▶ load ──▶ open checks ──▶ grant still there? ──▶ ask ──▶ decide again ──▶ sealed, next timer set
///                                                                          └──▶ limits that are new reach the clocks of the case
/// </code>
/// It ends when nothing is open, the application was withdrawn, or it is too old.
/// </summary>
internal sealed class RecheckHandler(
    AskAgencies agencies,
    ApplicationStore store,
    ConcludeApplication conclude,
    StandingGrant grants,
    NoticeOutbox outbox,
    TimeProvider time
) : ITimerHandler
{
    public const string TimerKind = "application-recheck";

    public string Kind => TimerKind;

    public async Task Handle(string key, CancellationToken cancellationToken)
    {
        if (await FindOpen(key, cancellationToken) is not { } application)
        {
            return;
        }

        var checks = OpenChecks(application);
        if (!grants.Check(application.Dossier, checks).Succeeded(out var granted, out _))
        {
            await store.Save(Postponed(application), cancellationToken);
            return;
        }

        var reports = await agencies.Ask(granted, checks, time.GetUtcNow() + AskAgencies.Unhurried, CallPriority.Batch);
        while (!await TrySeal(application, granted, reports))
        {
            if (await FindOpen(key, cancellationToken) is not { } changed)
            {
                return;
            }

            application = changed;
        }
    }

    private async Task<ReadApplication?> FindOpen(string key, CancellationToken cancellationToken) =>
        await store.Find(key, cancellationToken) is { Dossier.State: ApplicationState.Open } stored
            ? store.Reread(stored)
            : null;

    /// <summary>Whatever waits for an agency, was promised until now, or rests on an answer that got too old; with what proves it.</summary>
    private IReadOnlyList<PlannedCheck> OpenChecks(ReadApplication application)
    {
        var (dossier, form, policy) = application;
        var open = Decide
            .Standing(form.Service, dossier.Proofs, policy, time.GetUtcNow())
            .Proofs.Where(proof => proof.IsOpen || proof.State.OwesPaper || proof.IsOutdated)
            .Select(proof => proof.State.Key)
            .ToHashSet(StringComparer.Ordinal);
        var plan = ApplicationPlan.Of(form, policy, ChinaTime.Day(dossier.AcceptedAt));
        var asked = plan.Checks.Where(check => open.Contains(check.Key)).ToList();
        return
        [
            .. plan.Checks.Where(check => asked.Exists(other => other == check || Disclosure.AreBound(check, other))),
        ];
    }

    /// <summary>False when somebody else changed the application meanwhile: the answers are laid over the newer version.</summary>
    private async Task<bool> TrySeal(
        ReadApplication application,
        GrantedRequest granted,
        IReadOnlyList<CheckReport> reports
    )
    {
        var (dossier, form, policy) = application;
        var evidence = EvidenceFile.Open(granted, dossier.Basis, dossier.ApplicationId, policy.Version);
        evidence.Append(reports, time);
        var decided = conclude.Decide(dossier.With(reports), Trigger.Recheck, form, policy);
        var limited = conclude.AddLimits(dossier, decided, policy, evidence);
        var answer = await conclude.Seal(
            decided,
            evidence,
            StatusCodes.Status200OK,
            IdempotencyTicket.None,
            kept => store.Changed(decided, kept) + Told(dossier, decided) + limited
        );
        if (answer.Succeeded(out _, out var refusal))
        {
            return true;
        }

        return ReferenceEquals(refusal, Refusal.Overtaken)
            ? false
            : throw new InvalidOperationException(
                $"The repetition was not recorded ({refusal.Code}); the timer repeats it."
            );
    }

    /// <summary>Nobody asked for the repetition, so whoever applied is told when it changes anything.</summary>
    private Action<GatewayDb>? Told(Dossier before, Dossier after) =>
        ApplicationNews.Changed(before, after) is { } news ? db => db.AppendRange(outbox.Rows(news)) : null;

    /// <summary>Without a grant nothing is asked; a grant that is renewed finds the application waiting.</summary>
    private Dossier Postponed(ReadApplication application)
    {
        var (dossier, _, policy) = application;
        return dossier with
        {
            Version = dossier.Version + 1,
            Rechecks = dossier.Rechecks + 1,
            RecheckAt = policy.Recheck.Next(dossier.Rechecks + 1, dossier.AcceptedAt, time.GetUtcNow()),
        };
    }
}
