using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Policy;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>
/// Where every status comes in, pushed or found: kept as it came, once for its number, and applied in the same commit.
/// </summary>
internal sealed class StatusReceiver(
    JointApplicationStore store,
    Providers providers,
    PersonalDataVault vault,
    PolicyBook policies,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    /// <summary>The kind of the keyed digest of what was said.</summary>
    public const string DigestKind = "leg-status";

    /// <summary>Whether the calling client may report on a leg now: it was handed over, and a grant of the client's own names its purpose.</summary>
    /// <returns>The leg; 403: another utility's; 404: there is no such leg for this client.</returns>
    public Task<Result<ReportableLeg>> CheckAsync(OwnLegs own, LegId legId) =>
        CheckAsync(own, legId, LegTable.IsReportable);

    /// <summary>The same for taking a leg off the work list, where it may have ended meanwhile.</summary>
    public Task<Result<ReportableLeg>> CheckTakingAsync(OwnLegs own, LegId legId) =>
        CheckAsync(own, legId, LegTable.IsTakeable);

    private async Task<Result<ReportableLeg>> CheckAsync(
        OwnLegs own,
        LegId legId,
        Func<Leg, UtilityHabits, bool> fits
    ) =>
        !own.IsOwn(legId) ? OwnLegs.NotOwn
        : await store.FindAsync(legId.JointId, CancellationToken.None) is { } joint
        && Exists(joint, legId.Utility, GrantsOf(own), fits)
            ? new ReportableLeg(own, legId, joint)
        : ReportableLeg.Absent;

    /// <summary>Receives a status that a client of the utility pushes, under its own grants.</summary>
    /// <returns>What it did; 404: it may not be reported on any more; 409 <c>status-conflict</c>; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<LegStatusResponse>> ReceiveAsync(ReportableLeg leg, PushedStatus pushed) =>
        (await ReceiveAsync(leg.Joint, leg.LegId, pushed.Status, pushed.Raw, GrantsOf(leg.Own))).Succeeded(
            out var received,
            out var refusal
        )
            ? received.Response
            : refusal;

    /// <summary>Receives a status that was found at a provider, which the gateway asked about what it had handed over.</summary>
    /// <returns>As when it is pushed; no grant is asked, because no client asks.</returns>
    public async Task<Result<ReceivedStatus>> ReceiveFoundAsync(
        JointApplication joint,
        LegId legId,
        ReportedStatus status,
        byte[] raw
    ) =>
        Exists(joint, legId.Utility, s_noGrantAsked, LegTable.IsReportable)
            ? await ReceiveAsync(joint, legId, status, raw, s_noGrantAsked)
            : ReportableLeg.Absent;

    /// <summary>Receives a status, pushed or found: its row and the change of the leg are one commit, tried again together.</summary>
    /// <param name="joint">The version in hand.</param>
    /// <param name="legId">The leg, which may be reported on.</param>
    /// <param name="status">The status.</param>
    /// <param name="raw">Everything that was said.</param>
    /// <param name="grantsFor">The grants under which a joint application may be moved; null: none.</param>
    private async Task<Result<ReceivedStatus>> ReceiveAsync(
        JointApplication joint,
        LegId legId,
        ReportedStatus status,
        byte[] raw,
        Func<JointApplication, string?> grantsFor
    )
    {
        var digest = vault.DigestOf(DigestKind, raw);
        return await ConcurrencyRetry.RunAsync(async isFirst =>
            await KnownAsync(legId.Utility, status.StatusId) is { } known ? await RepeatAsync(known, legId, digest)
            : (isFirst ? joint : await store.FindAsync(legId.JointId, CancellationToken.None)) is { } present
                ? await ApplyAsync(present, legId, status, new RawStatus(digest, vault.SealBytes(raw)), grantsFor)
            : ReportableLeg.Absent
        );
    }

    private async Task<Result<ReceivedStatus>> ApplyAsync(
        JointApplication present,
        LegId legId,
        ReportedStatus status,
        RawStatus raw,
        Func<JointApplication, string?> grantsFor
    )
    {
        var utility = legId.Utility;
        var now = StoredTime.From(time.GetUtcNow());
        var effect = StatusEffect.NotUnderstood;
        var nextLook = LegTable.NextLook(providers.For(utility).Habits, now);
        var changed = await store.TryChangeAsync(
            present,
            joint =>
            {
                if (!Exists(joint, utility, grantsFor, LegTable.IsReportable))
                {
                    return ReportableLeg.Absent;
                }

                var leg = joint.Leg(utility)!;
                var left = Permits.Freed(leg);
                (var applied, effect) =
                    SiteVisit.Answered(joint.Visit, left, status) ?? LegStatuses.Apply(left, status, nextLook, now);
                var policy = policies.Version(joint.PolicyVersion).Fees;
                var (after, objections) = LegFees.Apply(leg, applied, status, policy, now);
                return new JointChange(joint.With(after))
                {
                    Facts =
                    [
                        .. FactsOf(utility, left, after, status, effect, grantsFor(joint)),
                        .. objections.Select(fee => Raised(utility, fee)),
                    ],
                    Notices = [.. objections.Select(fee => NoticeOf(joint, utility, fee, now))],
                };
            },
            (unit, _) => unit.Append(RowOf(legId, status, raw, effect, now))
        );
        if (!changed.Succeeded(out var after, out var refusal))
        {
            return refusal;
        }

        JointTelemetry.CountStatus(utility, effect);
        return new ReceivedStatus(JointApplicationResponses.From(status.StatusId, effect, after, utility), after);
    }

    /// <summary>What was never handed over, or no grant names, looks as if it did not exist.</summary>
    private bool Exists(
        JointApplication joint,
        Utility utility,
        Func<JointApplication, string?> grantsFor,
        Func<Leg, UtilityHabits, bool> fits
    ) => joint.Leg(utility) is { } leg && grantsFor(joint) is not null && fits(leg, providers.For(utility).Habits);

    private static Func<JointApplication, string?> GrantsOf(OwnLegs own) => joint => own.For(joint.Purpose)?.Text;

    private static readonly Func<JointApplication, string?> s_noGrantAsked = static _ => JointFact.NoGrants;

    private static List<JointFact> FactsOf(
        Utility utility,
        Leg before,
        Leg after,
        ReportedStatus status,
        StatusEffect effect,
        string? grants
    )
    {
        var facts = new List<JointFact>
        {
            new(JsonNames.From(utility), $"status {JsonNames.From(effect)}", $"{status.StatusId} {status.ShownCode}")
            {
                Grants = grants,
            },
        };
        if (before.State != after.State)
        {
            facts.Add(new JointFact(JsonNames.From(utility), $"state {JsonNames.From(after.State)}"));
        }

        return facts;
    }

    private static JointFact Raised(Utility utility, FeeObjection fee) =>
        new(JsonNames.From(utility), $"problem {LegProblems.ForbiddenFee}", fee.Name);

    private static Notice NoticeOf(JointApplication joint, Utility utility, FeeObjection fee, DateTimeOffset now) =>
        JointNotice.Create(
            joint,
            NoticeTypes.JointProblem,
            now,
            ("utility", JsonNames.From(utility)),
            ("problem", LegProblems.ForbiddenFee),
            ("fee", fee.Name)
        );

    private static LegStatusRow RowOf(
        LegId legId,
        ReportedStatus status,
        RawStatus raw,
        StatusEffect effect,
        DateTimeOffset now
    ) =>
        new()
        {
            Utility = JsonNames.From(legId.Utility),
            StatusId = status.StatusId,
            LegId = legId.ToString(),
            At = StoredTime.From(status.At),
            ReceivedAt = now,
            Digest = raw.Digest,
            Raw = raw.Sealed,
            Effect = JsonNames.From(effect),
        };

    /// <summary>A status that was received before, also by the request that was faster: read again, so that its effect is seen.</summary>
    private async Task<Result<ReceivedStatus>> RepeatAsync(LegStatusRow known, LegId legId, byte[] digest)
    {
        if (known.LegId != legId.ToString() || !known.Digest.AsSpan().SequenceEqual(digest))
        {
            return JointApplicationProblems.StatusConflict;
        }

        if (await store.FindAsync(legId.JointId, CancellationToken.None) is not { } joint)
        {
            return ReportableLeg.Absent;
        }

        var effect = JsonNames.Find<StatusEffect>(known.Effect)!.Value;
        return new ReceivedStatus(JointApplicationResponses.From(known.StatusId, effect, joint, legId.Utility), joint);
    }

    private async Task<LegStatusRow?> KnownAsync(Utility utility, string statusId)
    {
        await using var db = await factory.CreateDbContextAsync();
        var name = JsonNames.From(utility);
        return await db.Set<LegStatusRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.Utility == name && row.StatusId == statusId);
    }

    private sealed record RawStatus(byte[] Digest, ProtectedText Sealed);
}

/// <summary>What a status did.</summary>
/// <param name="Response">As its provider is told.</param>
/// <param name="Joint">The version in force.</param>
internal sealed record ReceivedStatus(LegStatusResponse Response, JointApplication Joint);
