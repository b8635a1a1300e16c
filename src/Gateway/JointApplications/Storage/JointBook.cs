using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Together;
using Integration.Gateway.JointApplications.Working;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Storage;

/// <summary>
/// Keeps joint applications. A change is a pure function of the file; it is committed with its evidence, the timers of the legs, the
/// work lists and the notices, or not at all.
/// </summary>
internal sealed class JointBook(
    IDbContextFactory<GatewayDb> factory,
    EvidenceLog log,
    JointConsequences consequences,
    PersonalDataVault vault,
    TimeProvider time
)
{
    /// <summary>Each time somebody else was faster; legs of one application rarely move at the same moment.</summary>
    private const int MostAttempts = 20;

    private const int MostAtOneSite = 20;

    /// <summary>A joint application; null: there is none.</summary>
    public async Task<JointFile?> Find(string jointId, CancellationToken cancellationToken) =>
        await Row(jointId, cancellationToken) is { } row ? JointFile.FromJson(row.File) : null;

    /// <summary>The form of a joint application as it was sent, completed by what was sent later.</summary>
    public async Task<JointApplicationRequest?> Form(string jointId, CancellationToken cancellationToken) =>
        await Row(jointId, cancellationToken) is { } row ? vault.OpenJson<JointApplicationRequest>(row.Form) : null;

    /// <summary>The open one with this key; null: none.</summary>
    public async Task<string?> FindOpen(SubjectHash openKey, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<JointRow>()
            .Where(row => row.OpenKey == openKey)
            .Select(row => row.JointId)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The others at the same site that are open, oldest first, at most 20.</summary>
    public async Task<IReadOnlyList<JointFile>> AtSameSite(string jointId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var sites = db.Set<JointRow>().Where(row => row.JointId == jointId).Select(row => row.Site);
        var files = await db.Set<JointRow>()
            .Where(row => sites.Contains(row.Site) && row.JointId != jointId && row.OpenKey != null)
            .OrderBy(row => row.OpenedAt)
            .Take(MostAtOneSite)
            .Select(row => row.File)
            .ToListAsync(cancellationToken);
        return [.. files.Select(JointFile.FromJson)];
    }

    /// <summary>Lets the others at a site know whether they share its visit.</summary>
    public static Action<GatewayDb> Shared(JointFile file, IEnumerable<string> others) =>
        db =>
        {
            foreach (var row in others.Select(other => db.Find<JointRow>(other)).OfType<JointRow>())
            {
                var before = JointFile.FromJson(row.File);
                var after = Visits.SharedWith(before, file);
                if (!ReferenceEquals(before, after))
                {
                    row.Version++;
                    row.File = (after with { Version = row.Version }).ToJson();
                }
            }
        };

    /// <summary>A new joint application with what follows from it.</summary>
    public JointFile Begun(JointFile file) => consequences.Follow(file) with { Version = 1 };

    /// <summary>The rows of a new joint application.</summary>
    public Action<GatewayDb> Opened(JointFile file, JointApplicationRequest asSent, JointKeys keys)
    {
        var form = vault.SealJson(asSent);
        var opened = Begun(file);
        var rows = consequences.Rows(before: null, opened, notices: []);
        return db =>
        {
            db.Add(
                new JointRow
                {
                    JointId = file.JointId,
                    CaseId = file.CaseId,
                    CallerId = file.CallerId,
                    OpenedAt = file.OpenedAt,
                    OpenKey = keys.Open,
                    Site = keys.Site,
                    Form = form,
                    File = opened.ToJson(),
                    Version = opened.Version,
                }
            );
            Follow(db, before: null, opened);
            rows(db);
        };
    }

    /// <summary>Keeps the form as it was completed.</summary>
    public Action<GatewayDb> Completed(JointFile file, JointApplicationRequest form)
    {
        var sealedForm = vault.SealJson(form);
        return db => db.Find<JointRow>(file.JointId)!.Form = sealedForm;
    }

    /// <summary>Changes a joint application.</summary>
    /// <param name="jointId">Which.</param>
    /// <param name="change">The next version, given the present one; may run several times. The same object changes nothing.</param>
    /// <param name="alongside">What is committed with it, given the version it belongs to.</param>
    /// <param name="attempts">How often it is tried when somebody else was faster.</param>
    /// <returns>The version that is in force; 404; <see cref="Refusal.Overtaken"/>; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<JointFile>> Change(
        string jointId,
        Func<JointFile, Result<JointChange>> change,
        Func<JointFile, Action<GatewayDb>>? alongside = null,
        int attempts = MostAttempts
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await Find(jointId, CancellationToken.None) is not { } before)
            {
                return Refusal.NotFound("This joint application");
            }

            if (!change(before).Succeeded(out var changed, out var refused))
            {
                return refused;
            }

            if (ReferenceEquals(changed.File, before) && changed.Facts.Count == 0)
            {
                return before;
            }

            changed = SettleJoint.After(before, changed, StoredTime.Of(time.GetUtcNow()));
            var after = consequences.Follow(changed.File) with { Version = before.Version + 1 };
            var rows = Replaced(before, after, changed.Notices) + (alongside?.Invoke(after) ?? (static _ => { }));
            if (await Commit([.. changed.Drafts, .. Drafts(after, changed.Facts)], rows) is not { } refusal)
            {
                return after;
            }

            if (!ReferenceEquals(refusal, Refusal.Overtaken) || attempt >= attempts)
            {
                return refusal;
            }
        }
    }

    /// <summary>With its evidence; what leaves nothing on record, e.g. when a leg is looked at next, by itself. Null: it is committed.</summary>
    private async Task<Refusal?> Commit(IReadOnlyList<EvidenceDraft> drafts, Action<GatewayDb> rows)
    {
        if (drafts.Count > 0)
        {
            var seal = await log.Seal(drafts, rows, CancellationToken.None);
            return seal.Succeeded(out _, out var refusal) ? null : refusal;
        }

        await using var db = await factory.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        try
        {
            rows(db);
            await db.SaveChangesAsync();
            db.WriteAppended();
            await transaction.CommitAsync();
            return null;
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Overtaken)
        {
            return Refusal.Overtaken;
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Unavailable)
        {
            return Refusal.Unavailable;
        }
    }

    /// <summary>The evidence of facts about a joint application.</summary>
    public IReadOnlyList<EvidenceDraft> Drafts(JointFile file, IReadOnlyList<JointFact> facts) =>
        [.. facts.Select(fact => Draft(file, fact))];

    private EvidenceDraft Draft(JointFile file, JointFact fact) =>
        new()
        {
            EvidenceId = Identifiers.New("evd", time),
            Kind = EvidenceKind.Leg,
            CaseId = file.CaseId,
            ParentId = file.JointId,
            CallerId = file.CallerId,
            Purpose = file.Purpose,
            Basis = file.Basis,
            Grants = fact.Grants ?? "none used",
            Subject = fact.Subject,
            Outcome = fact.Outcome,
            Detail = fact.Detail,
            Call = fact.Call,
            Failure = fact.Failure,
            PolicyVersion = file.PolicyVersion,
            At = time.GetUtcNow(),
        };

    private Action<GatewayDb> Replaced(JointFile before, JointFile after, IReadOnlyList<Notice> notices)
    {
        var follows = consequences.Rows(before, after, notices);
        return db =>
        {
            var row = db.Find<JointRow>(after.JointId) ?? throw new DbUpdateConcurrencyException("It is gone.");
            db.Entry(row).Property(stored => stored.Version).OriginalValue = before.Version;
            row.Version = after.Version;
            row.File = after.ToJson();
            row.OpenKey = after.Legs.All(leg => leg.HasEnded) ? null : row.OpenKey;
            Follow(db, before, after);
            follows(db);
        };
    }

    /// <summary>Timers and work lists follow the legs.</summary>
    private static void Follow(GatewayDb db, JointFile? before, JointFile after)
    {
        foreach (var leg in after.Legs)
        {
            var was = before?.Leg(leg.Utility);
            if (leg.WakeAt is { } moment && moment != was?.WakeAt)
            {
                DurableTimer.Schedule(db, AdvanceLeg.TimerKind, leg.LegId, moment);
            }
            else if (leg.WakeAt is null && was?.WakeAt is not null)
            {
                DurableTimer.Cancel(db, AdvanceLeg.TimerKind, leg.LegId);
            }

            FollowList(db, was, leg);
        }
    }

    private static void FollowList(GatewayDb db, Leg? was, Leg leg)
    {
        if (was is not null && ListedFor(was) is { } old && ListedFor(leg) != old)
        {
            if (db.Find<WorkListRow>(leg.LegId, JsonNames.Of(old)) is { } row)
            {
                db.Remove(row);
            }
        }

        if (ListedFor(leg) is { } work && (was is null || ListedFor(was) != work))
        {
            db.Add(
                new WorkListRow
                {
                    LegId = leg.LegId,
                    Utility = JsonNames.Of(leg.Utility),
                    Work = JsonNames.Of(work),
                    Since = leg.Since,
                }
            );
        }
    }

    private static WorkKind? ListedFor(Leg leg) =>
        leg.Work switch
        {
            LegWork.Listed => WorkKind.Application,
            LegWork.ListedVisit => WorkKind.Survey,
            LegWork.ListedWithdrawal => WorkKind.Withdrawal,
            _ => null,
        };

    private async Task<JointRow?> Row(string jointId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<JointRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.JointId == jointId, cancellationToken);
    }
}

/// <summary>What a joint application is found by.</summary>
/// <param name="Open">Kind, applicant and place: only one with it is open.</param>
/// <param name="Site">The place.</param>
internal sealed record JointKeys(SubjectHash Open, SubjectHash Site);
