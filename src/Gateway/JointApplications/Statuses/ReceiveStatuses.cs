using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.JointApplications.Together;
using Integration.Gateway.JointApplications.Working;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Policy;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Statuses;

/// <summary>
/// Where every status comes in, pushed or found: kept as it came, once for its number, and applied in the same commit.
/// </summary>
internal sealed class ReceiveStatuses(
    JointBook book,
    Providers providers,
    PersonalDataVault vault,
    PolicyBook policies,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    /// <summary>Each time somebody moved the joint application first.</summary>
    private const int MostAttempts = 20;

    /// <summary>The kind of the keyed digest of what was said.</summary>
    public const string DigestKind = "leg-status";

    /// <summary>Whether the calling client may report on a leg now: it was handed over, and a grant of the client's own names its purpose.</summary>
    /// <returns>The leg; 403: another utility's; 404: there is no such leg for this client.</returns>
    public Task<Result<ReportableLeg>> Check(OwnLegs own, string legId) => Check(own, legId, LegTable.IsReportable);

    /// <summary>The same for taking a leg off the work list, where it may have ended meanwhile.</summary>
    public Task<Result<ReportableLeg>> CheckTaking(OwnLegs own, string legId) => Check(own, legId, LegTable.IsTakeable);

    private async Task<Result<ReportableLeg>> Check(OwnLegs own, string legId, Func<Leg, UtilityHabits, bool> fits) =>
        !own.IsOwn(legId) ? OwnLegs.NotOwn
        : await Exists(legId, GrantsOf(own), fits) ? new ReportableLeg(own, legId)
        : ReportableLeg.Absent;

    /// <summary>Receives a status that a client of the utility pushes, under its own grants.</summary>
    /// <returns>What it did; 404: it may not be reported on any more; 409 <c>status-conflict</c>; 503 <c>evidence-unavailable</c>.</returns>
    public Task<Result<LegStatusAnswer>> Receive(ReportableLeg leg, PushedStatus pushed) =>
        Receive(leg.LegId, pushed.Status, pushed.Raw, GrantsOf(leg.Own));

    /// <summary>Receives a status that was found at a provider, which the gateway asked about what it had handed over.</summary>
    /// <returns>As when it is pushed; no grant is asked, because no client asks.</returns>
    public async Task<Result<LegStatusAnswer>> ReceiveFound(string legId, ReportedStatus status, byte[] raw) =>
        await Exists(legId, s_noGrantAsked, LegTable.IsReportable)
            ? await Receive(legId, status, raw, s_noGrantAsked)
            : ReportableLeg.Absent;

    /// <summary>Receives a status, pushed or found.</summary>
    /// <param name="legId">The leg, which may be reported on.</param>
    /// <param name="status">The status.</param>
    /// <param name="raw">Everything that was said.</param>
    /// <param name="grantsFor">The grants under which a joint application may be moved; null: none.</param>
    private async Task<Result<LegStatusAnswer>> Receive(
        string legId,
        ReportedStatus status,
        byte[] raw,
        Func<JointFile, string?> grantsFor
    )
    {
        var (jointId, utility) = LegIds.Parse(legId)!.Value;
        var digest = vault.DigestOf(DigestKind, raw);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await Known(utility, status.StatusId) is { } first)
            {
                return await Again(first, jointId, legId, digest);
            }

            var received = await Apply(
                jointId,
                utility,
                status,
                new RawStatus(digest, vault.SealBytes(raw)),
                grantsFor
            );
            if (received.Succeeded(out var answer, out var refusal))
            {
                return answer;
            }

            if (!ReferenceEquals(refusal, Refusal.Overtaken))
            {
                return refusal;
            }
        }

        return Refusal.Unavailable;
    }

    private async Task<Result<LegStatusAnswer>> Apply(
        string jointId,
        Utility utility,
        ReportedStatus status,
        RawStatus raw,
        Func<JointFile, string?> grantsFor
    )
    {
        var now = StoredTime.Of(time.GetUtcNow());
        var effect = StatusEffect.NotUnderstood;
        var nextLook = LegTable.NextLook(providers.Of(utility).Habits, now);
        var changed = await book.Change(
            jointId,
            file =>
            {
                if (!Exists(file, utility, grantsFor, LegTable.IsReportable))
                {
                    return ReportableLeg.Absent;
                }

                var leg = file.Leg(utility)!;
                var left = Permits.Freed(leg);
                (var applied, effect) =
                    Visits.Answered(file.Visit, left, status) ?? LegStatuses.Apply(left, status, nextLook, now);
                var policy = policies.Version(file.PolicyVersion).Fees;
                var (after, objections) = LegFees.Apply(leg, applied, status, policy, now);
                return new JointChange(file.With(after))
                {
                    Facts =
                    [
                        .. FactsOf(utility, left, after, status, effect, grantsFor(file)),
                        .. objections.Select(fee => Raised(utility, fee)),
                    ],
                    Notices = [.. objections.Select(fee => Told(file, utility, fee, now))],
                };
            },
            _ =>
            {
                var row = new LegStatusRow
                {
                    Utility = JsonNames.Of(utility),
                    StatusId = status.StatusId,
                    LegId = LegIds.Of(jointId, utility),
                    At = StoredTime.Of(status.At),
                    ReceivedAt = now,
                    Digest = raw.Digest,
                    Raw = raw.Sealed,
                    Effect = JsonNames.Of(effect),
                };
                return db => db.Append(row);
            },
            attempts: 1
        );
        if (!changed.Succeeded(out var file, out var refusal))
        {
            return refusal;
        }

        JointTelemetry.CountStatus(utility, effect);
        return AnswerOf(status.StatusId, effect, file, utility);
    }

    private async Task<bool> Exists(
        string legId,
        Func<JointFile, string?> grantsFor,
        Func<Leg, UtilityHabits, bool> fits
    ) =>
        LegIds.Parse(legId) is var (jointId, utility)
        && await book.Find(jointId, CancellationToken.None) is { } known
        && Exists(known, utility, grantsFor, fits);

    /// <summary>What was never handed over, or no grant names, looks as if it did not exist.</summary>
    private bool Exists(
        JointFile file,
        Utility utility,
        Func<JointFile, string?> grantsFor,
        Func<Leg, UtilityHabits, bool> fits
    ) => file.Leg(utility) is { } leg && grantsFor(file) is not null && fits(leg, providers.Of(utility).Habits);

    private static Func<JointFile, string?> GrantsOf(OwnLegs own) => file => own.For(file.Purpose)?.Text;

    private static readonly Func<JointFile, string?> s_noGrantAsked = static _ => JointFact.NoGrants;

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
            new(JsonNames.Of(utility), $"status {JsonNames.Of(effect)}", $"{status.StatusId} {status.ShownCode}")
            {
                Grants = grants,
            },
        };
        if (before.State != after.State)
        {
            facts.Add(new JointFact(JsonNames.Of(utility), $"state {JsonNames.Of(after.State)}"));
        }

        return facts;
    }

    private static JointFact Raised(Utility utility, FeeObjection fee) =>
        new(JsonNames.Of(utility), $"problem {LegFees.ForbiddenFee}", fee.Name);

    private static Notice Told(JointFile file, Utility utility, FeeObjection fee, DateTimeOffset now) =>
        JointNews.Of(
            file,
            NoticeTypes.JointProblem,
            now,
            ("utility", JsonNames.Of(utility)),
            ("problem", LegFees.ForbiddenFee),
            ("fee", fee.Name)
        );

    private async Task<Result<LegStatusAnswer>> Again(LegStatusRow first, string jointId, string legId, byte[] digest)
    {
        if (first.LegId != legId || !first.Digest.AsSpan().SequenceEqual(digest))
        {
            return JointRefusals.StatusConflict;
        }

        var file = await book.Find(jointId, CancellationToken.None);
        return file is null
            ? ReportableLeg.Absent
            : AnswerOf(
                first.StatusId,
                JsonNames.Find<StatusEffect>(first.Effect)!.Value,
                file,
                LegIds.Parse(legId)!.Value.Utility
            );
    }

    private static LegStatusAnswer AnswerOf(string statusId, StatusEffect effect, JointFile file, Utility utility) =>
        new()
        {
            StatusId = statusId,
            Effect = effect,
            State = file.Leg(utility)!.State,
        };

    private async Task<LegStatusRow?> Known(Utility utility, string statusId)
    {
        await using var db = await factory.CreateDbContextAsync();
        var name = JsonNames.Of(utility);
        return await db.Set<LegStatusRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.Utility == name && row.StatusId == statusId);
    }

    private sealed record RawStatus(byte[] Digest, ProtectedText Sealed);
}
