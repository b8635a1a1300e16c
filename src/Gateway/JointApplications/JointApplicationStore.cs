using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.JointApplications.Places;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications;

/// <summary>
/// Keeps joint applications, each with its form. A change is a pure function of the joint application; it is committed with everything that
/// follows from it, or not at all.
/// <code>
///  loaded ──▶ transition (pure) ──▶ place ──▶ effects ──▶ one commit: document, evidence, timers, work lists, notices, case
///    ▲                                                        │
///    └────────────── loaded again: another request was faster ┘
/// </code>
/// </summary>
internal sealed class JointApplicationStore(
    IDbContextFactory<GatewayDb> factory,
    EvidenceLog log,
    JointEffectWriter effects,
    JointPlaces places,
    PersonalDataVault vault,
    TimeProvider time
) : DocumentStore<JointApplication, JointApplicationRow>(factory)
{
    private readonly IDbContextFactory<GatewayDb> _factory = factory;

    /// <summary>A joint application; null: there is none.</summary>
    public Task<JointApplication?> FindAsync(string jointId, CancellationToken cancellationToken) =>
        FindByKeyAsync(jointId, cancellationToken);

    /// <summary>Those of the joint applications that there are, oldest first.</summary>
    public async Task<IReadOnlyList<JointApplication>> FindAsync(
        IReadOnlyCollection<string> jointIds,
        CancellationToken cancellationToken
    )
    {
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<JointApplicationRow>()
            .AsNoTracking()
            .Where(row => jointIds.Contains(row.JointId))
            .OrderBy(row => row.OpenedAt)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(Open)];
    }

    /// <summary>The caller's others at the same site that are open, oldest first, at most 20.</summary>
    public async Task<IReadOnlyList<JointApplication>> AtSameSiteAsync(
        JointApplication joint,
        CancellationToken cancellationToken
    ) => await FindAsync(await places.AtSameSiteAsync(joint, cancellationToken), cancellationToken);

    /// <summary>The form of a stored joint application as it was sent, completed by what was sent later.</summary>
    public JointApplicationRequest FormOf(JointApplication joint) =>
        vault.OpenJson<JointApplicationRequest>(
            joint.Form ?? throw new InvalidOperationException("A joint application is stored with its form.")
        );

    /// <summary>The joint application with its form completed.</summary>
    public JointApplication WithForm(JointApplication joint, JointApplicationRequest form) =>
        joint with
        {
            Form = vault.SealJson(form),
        };

    /// <summary>A new joint application with what follows from it.</summary>
    public JointApplication Begun(JointApplication joint, JointApplicationRequest asSent) =>
        WithForm(effects.Begun(joint), asSent);

    /// <summary>Stores a new joint application, which has begun.</summary>
    public void Insert(
        UnitOfWork unit,
        JointApplication begun,
        IReadOnlyList<JointFact> facts,
        IReadOnlyList<Notice> notices
    )
    {
        unit.Add(
            new JointApplicationRow
            {
                JointId = begun.JointId,
                CaseId = begun.CaseId,
                CallerId = begun.CallerId,
                OpenedAt = begun.OpenedAt,
                Form = begun.Form!,
                File = vault.SealJson(begun),
                Version = begun.Version,
            }
        );
        effects.Include(unit, before: null, begun, facts, notices);
    }

    /// <summary>Changes a joint application: the version in hand first, and the one in force when another request was faster.</summary>
    /// <param name="loaded">The version in hand.</param>
    /// <param name="transition">The next version, given the present one; pure, may run several times. The same object changes nothing.</param>
    /// <param name="alongside">Adds what is committed with it, given the version it belongs to.</param>
    /// <returns>The version that is in force; what the transition refused; 404; 503 <c>evidence-unavailable</c>.</returns>
    public Task<Result<JointApplication>> ChangeAsync(
        JointApplication loaded,
        Func<JointApplication, Result<JointChange>> transition,
        Action<UnitOfWork, JointApplication>? alongside = null
    ) =>
        ConcurrencyRetry.RunAsync<JointApplication>(async isFirst =>
            (isFirst ? loaded : await FindAsync(loaded.JointId, CancellationToken.None)) is { } before
                ? await TryChangeAsync(before, transition, alongside)
                : Refusal.NotFound("This joint application")
        );

    /// <summary>One attempt of the same, for a step that reads more than the joint application before each.</summary>
    /// <returns>As above; <see cref="Refusal.ConcurrencyConflict"/>.</returns>
    public async Task<Result<JointApplication>> TryChangeAsync(
        JointApplication before,
        Func<JointApplication, Result<JointChange>> transition,
        Action<UnitOfWork, JointApplication>? alongside = null
    )
    {
        if (!transition(before).Succeeded(out var changed, out var refused))
        {
            return refused;
        }

        if (ReferenceEquals(changed.Joint, before) && changed.Facts.Count == 0)
        {
            return before;
        }

        var unit = new UnitOfWork();
        var after = await FollowAsync(unit, before, changed);
        alongside?.Invoke(unit, after);
        return await log.CommitAsync(unit, after);
    }

    /// <summary>The same for a commit of several: the change with what it means for the place of the joint application.</summary>
    /// <returns>The version that is committed.</returns>
    public async Task<JointApplication> FollowAsync(UnitOfWork unit, JointApplication before, JointChange changed)
    {
        var now = StoredTime.From(time.GetUtcNow());
        var (placed, place) = await places.FollowAsync(before, changed.Joint, changed.Title, now);
        changed = PlaceTaken.Notified(changed, before, placed, now).Masked(NamesOf(before, changed));
        var after = Update(unit, before, changed);
        if (place is not null)
        {
            unit.Write(place);
        }

        return after;
    }

    /// <summary>
    /// The next version of a joint application and what is committed with it, for a commit of several. That commit meets a concurrency conflict
    /// when another request has changed the version that was read.
    /// </summary>
    public JointApplication Update(UnitOfWork unit, JointApplication before, JointChange change)
    {
        var followed = effects.After(before, change);
        var after = followed.Joint with { Version = before.Version + 1 };
        unit.Record(followed.Drafts);
        var sealedJoint = vault.SealJson(after); // here, since the one writer has to be quick
        unit.Update<JointApplicationRow>(
            after.JointId,
            before.Version,
            row => (row.File, row.Form) = (sealedJoint, after.Form!)
        );
        effects.Include(unit, before, after, followed.Facts, followed.Notices);
        Share(unit, after, SiteVisit.Left(before, after));
        return after;
    }

    /// <summary>Lets the others at a site know whether they share its visit.</summary>
    public void Share(UnitOfWork unit, JointApplication joint, IEnumerable<string> others)
    {
        foreach (var other in others)
        {
            unit.Write(new SharedVisit(this, other, joint));
        }
    }

    protected override JointApplication Open(JointApplicationRow row) =>
        vault.OpenJson<JointApplication>(row.File) with
        {
            Form = row.Form,
        };

    protected override void Put(JointApplicationRow row, JointApplication document)
    {
        row.File = vault.SealJson(document);
        row.Form = document.Form!;
        row.Version = document.Version;
    }

    private PersonNames NamesOf(JointApplication joint, JointChange change) =>
        change.SaysTexts ? BodyTexts.NamesOf(FormOf(joint), ApiJson.For<JointApplicationRequest>()) : PersonNames.None;

    /// <summary>Another joint application at the site of a visit.</summary>
    private sealed record SharedVisit(JointApplicationStore Store, string JointId, JointApplication Host) : IRowWrite
    {
        public void WriteTo(GatewayDb db)
        {
            if (db.Find<JointApplicationRow>(JointId) is not { } row)
            {
                return;
            }

            var before = Store.Open(row);
            var after = SiteVisit.SharedWith(before, Host);
            if (!ReferenceEquals(before, after))
            {
                Store.Put(row, after with { Version = row.Version + 1 });
            }
        }

        public override string ToString() => $"visit shared with {JointId}";
    }
}
