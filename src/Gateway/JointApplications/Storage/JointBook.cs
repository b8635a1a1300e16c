using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Places;
using Integration.Gateway.JointApplications.Together;
using Integration.Gateway.JointApplications.Working;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.FreeTexts;
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
    JointPlaces places,
    PersonalDataVault vault,
    TimeProvider time
)
{
    /// <summary>Each time somebody else was faster; legs of one application rarely move at the same moment.</summary>
    private const int MostAttempts = 20;

    /// <summary>A joint application; null: there is none.</summary>
    public async Task<JointFile?> Find(string jointId, CancellationToken cancellationToken) =>
        await Row(jointId, cancellationToken) is { } row ? vault.OpenJson<JointFile>(row.File) : null;

    /// <summary>The form of a joint application as it was sent, completed by what was sent later.</summary>
    public async Task<JointApplicationRequest?> Form(string jointId, CancellationToken cancellationToken) =>
        await Row(jointId, cancellationToken) is { } row ? vault.OpenJson<JointApplicationRequest>(row.Form) : null;

    /// <summary>The caller's others at the same site that are open, oldest first, at most 20.</summary>
    public async Task<IReadOnlyList<JointFile>> AtSameSite(JointFile file, CancellationToken cancellationToken)
    {
        var others = await places.AtSameSite(file, cancellationToken);
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var files = await db.Set<JointRow>()
            .Where(row => others.Contains(row.JointId))
            .OrderBy(row => row.OpenedAt)
            .Select(row => row.File)
            .ToListAsync(cancellationToken);
        return [.. files.Select(vault.OpenJson<JointFile>)];
    }

    /// <summary>Lets the others at a site know whether they share its visit.</summary>
    public Action<GatewayDb> Shared(JointFile file, IEnumerable<string> others) =>
        db =>
        {
            foreach (var row in others.Select(other => db.Find<JointRow>(other)).OfType<JointRow>())
            {
                var before = vault.OpenJson<JointFile>(row.File);
                var after = Visits.SharedWith(before, file);
                if (!ReferenceEquals(before, after))
                {
                    row.Version++;
                    row.File = vault.SealJson(after with { Version = row.Version });
                }
            }
        };

    /// <summary>A new joint application with what follows from it.</summary>
    public JointFile Begun(JointFile file) => consequences.Follow(file) with { Version = 1 };

    /// <summary>The rows of a new joint application.</summary>
    public Action<GatewayDb> Opened(JointFile file, JointApplicationRequest asSent)
    {
        var form = vault.SealJson(asSent);
        var opened = Begun(file);
        var sealedFile = vault.SealJson(opened);
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
                    Form = form,
                    File = sealedFile,
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
            if (await Row(jointId, CancellationToken.None) is not { } row)
            {
                return Refusal.NotFound("This joint application");
            }

            var before = vault.OpenJson<JointFile>(row.File);
            if (!change(before).Succeeded(out var changed, out var refused))
            {
                return refused;
            }

            if (ReferenceEquals(changed.File, before) && changed.Facts.Count == 0)
            {
                return before;
            }

            var now = StoredTime.Of(time.GetUtcNow());
            var (placed, place) = await places.Follow(before, changed.File, changed.Title, now);
            changed = PlaceTaken.Told(changed, before, placed, now).Masked(NamesOf(row, changed));
            var (after, part) = Changed(before, changed);
            if (await Commit(part.Drafts, part.Rows + place + alongside?.Invoke(after)) is not { } refusal)
            {
                return after;
            }

            if (!ReferenceEquals(refusal, Refusal.Overtaken) || attempt >= attempts)
            {
                return refusal;
            }
        }
    }

    /// <summary>
    /// The next version of a joint application and what is committed with it, for a commit of several. That commit is refused as
    /// <see cref="Refusal.Overtaken"/> when another request has changed the version that was read.
    /// </summary>
    public (JointFile After, CommitPart Part) Changed(JointFile before, JointChange change)
    {
        var settled = SettleJoint.After(before, change, StoredTime.Of(time.GetUtcNow()));
        var after = consequences.Follow(settled.File) with { Version = before.Version + 1 };
        return (
            after,
            new CommitPart(
                [.. settled.Drafts, .. Drafts(after, settled.Facts)],
                Replaced(before, after, settled.Notices)
            )
        );
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
            CaseOwner = file.CallerId,
            ParentId = file.JointId,
            CallerId = file.CallerId,
            Purpose = file.Purpose,
            Basis = file.Basis,
            Grants = fact.Grants ?? JointFact.NoGrants,
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
        var sealedFile = vault.SealJson(after);
        return db =>
        {
            var row = db.Find<JointRow>(after.JointId) ?? throw new DbUpdateConcurrencyException("It is gone.");
            db.Entry(row).Property(stored => stored.Version).OriginalValue = before.Version;
            row.Version = after.Version;
            row.File = sealedFile;
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

            WorkListRows.Follow(db, after, was, leg);
        }
    }

    private PersonNames NamesOf(JointRow row, JointChange change) =>
        change.SaysTexts && vault.OpenJson<JointApplicationRequest>(row.Form) is { } form
            ? BodyTexts.NamesOf(form, ApiJson.Of<JointApplicationRequest>())
            : PersonNames.None;

    private async Task<JointRow?> Row(string jointId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<JointRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.JointId == jointId, cancellationToken);
    }
}
