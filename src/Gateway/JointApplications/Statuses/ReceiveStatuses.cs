using System.Security.Cryptography;
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

    /// <summary>Receives a status of one leg.</summary>
    /// <returns>What it did; 404: there is no such leg; 409 <c>status-conflict</c>; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<LegStatusAnswer>> Receive(string legId, ReportedStatus status, byte[] raw)
    {
        if (LegIds.Parse(legId) is not var (jointId, utility))
        {
            return Refusal.NotFound("This leg");
        }

        var digest = SHA256.HashData(raw);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await Known(utility, status.StatusId) is { } first)
            {
                return await Again(first, jointId, legId, digest);
            }

            var received = await Apply(jointId, utility, status, new RawStatus(digest, vault.SealBytes(raw)));
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
        RawStatus raw
    )
    {
        var now = StoredTime.Of(time.GetUtcNow());
        var effect = StatusEffect.NotUnderstood;
        var nextLook = LegTable.NextLook(providers.Of(utility).Habits, now);
        var changed = await book.Change(
            jointId,
            file =>
            {
                if (file.Leg(utility) is not { } leg)
                {
                    return Refusal.NotFound("This leg");
                }

                var left = Permits.Freed(leg);
                (var applied, effect) =
                    Visits.Answered(file.Visit, left, status) ?? LegStatuses.Apply(left, status, nextLook, now);
                var policy = policies.Version(file.PolicyVersion).Fees;
                var (after, objections) = LegFees.Apply(leg, applied, status, policy, now);
                return new JointChange(file.With(after))
                {
                    Facts =
                    [
                        .. FactsOf(utility, left, after, status, effect),
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
                    Code = status.Code,
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

    private static List<JointFact> FactsOf(
        Utility utility,
        Leg before,
        Leg after,
        ReportedStatus status,
        StatusEffect effect
    )
    {
        var facts = new List<JointFact>
        {
            new(JsonNames.Of(utility), $"status {JsonNames.Of(effect)}", $"{status.StatusId} {status.Code}"),
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
            ? Refusal.NotFound("This leg")
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
