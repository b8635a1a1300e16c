using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Adapters.Ports;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;
using LegProblem = Integration.Gateway.JointApplications.Model.LegProblem;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>
/// Statuses that were found at a provider: received like those that are pushed. A provider that is polled cannot be told that it
/// used a number twice, so operators are: once, and the first status stands.
/// </summary>
internal sealed class StatusPoller(
    StatusReceiver statuses,
    JointApplicationStore store,
    PersonalDataVault vault,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    /// <summary>A number that an adapter derives from the content of a status has so many hexadecimal digits.</summary>
    private const int DerivedCharacters = 32;

    private static readonly JsonSerializerOptions s_found = new(JsonSerializerDefaults.Web);

    /// <summary>Receives what was found, oldest first; what was received before does nothing.</summary>
    /// <param name="joint">The version in hand.</param>
    /// <param name="legId">The leg that was asked about.</param>
    /// <param name="found">Everything that its provider has said of it, in any order.</param>
    /// <returns>The version in force.</returns>
    public async Task<JointApplication> ReceiveAsync(
        JointApplication joint,
        LegId legId,
        IReadOnlyList<ProviderStatus> found
    )
    {
        var known = await KnownOfAsync(legId);
        foreach (var said in found.OrderBy(status => status.At))
        {
            var raw = JsonSerializer.SerializeToUtf8Bytes(said, s_found);
            var status = said with { StatusId = KnownAs(said.StatusId) };
            if (known.TryGetValue(status.StatusId, out var digest))
            {
                if (
                    !digest.AsSpan().SequenceEqual(vault.DigestOf(StatusReceiver.DigestKind, raw))
                    && await IsOtherAsync(legId.Utility, status.StatusId, raw)
                )
                {
                    joint = await NotifyAsync(joint, legId.Utility, status, raw);
                }

                continue;
            }

            var received = await statuses.ReceiveFoundAsync(joint, legId, Reported(status), raw);
            if (received.Succeeded(out var applied, out var refusal))
            {
                joint = applied.Joint;
            }
            else if (refusal.Code == ProblemCodes.StatusConflict)
            {
                joint = await NotifyAsync(joint, legId.Utility, status, raw);
            }
            else if (refusal.Retry == RetryAdvice.Safe)
            {
                throw new LegNotMovedException(refusal.Code);
            }
        }

        return joint;
    }

    /// <summary>What the provider said, without what we make of it; null: it was pushed, in other words.</summary>
    public static string? Said(ReadOnlySpan<byte> raw)
    {
        var said = JsonNode.Parse(raw)!.AsObject();
        said.Remove("state");
        return said.ContainsKey("code") ? said.ToJsonString() : null;
    }

    private static ReportedStatus Reported(ProviderStatus status) =>
        new(status.StatusId, status.Code, status.State, status.At)
        {
            Who = status.Who ?? "provider",
            Missing = status.Missing,
            Fees = [.. status.Fees.Select(StatusReader.ReadFee)],
        };

    /// <summary>
    /// The number as it stands in our rows and on record: the provider's, unless it holds a person's number, or was derived from the
    /// content of the status, which could be guessed; then a keyed one.
    /// </summary>
    private string KnownAs(string statusId) =>
        FreeText.IsPlain(statusId) && !IsDerived(statusId)
            ? statusId
            : Convert.ToHexStringLower(vault.DigestOf("status-id", Encoding.UTF8.GetBytes(statusId)))[
                ..DerivedCharacters
            ];

    private static bool IsDerived(string statusId) =>
        statusId.Length == DerivedCharacters && statusId.All(char.IsAsciiHexDigitLower);

    /// <summary>A code that we understand since then is not another status.</summary>
    private async Task<bool> IsOtherAsync(Utility utility, string statusId, byte[] raw)
    {
        await using var db = await factory.CreateDbContextAsync();
        var name = JsonNames.From(utility);
        var kept = await db.Set<LegStatusRow>()
            .Where(row => row.Utility == name && row.StatusId == statusId)
            .Select(row => row.Raw)
            .SingleAsync();
        return Said(vault.OpenBytes(kept)) is { } first && first != Said(raw);
    }

    private async Task<JointApplication> NotifyAsync(
        JointApplication loaded,
        Utility utility,
        ProviderStatus status,
        byte[] raw
    )
    {
        var digest = Convert.ToHexStringLower(vault.DigestOf("leg-status-said", Encoding.UTF8.GetBytes(Said(raw)!)));
        var text = Text(status.Code);
        var shown = Text(Reported(status).ShownCode);
        var now = StoredTime.From(time.GetUtcNow());
        var changed = await store.ChangeAsync(
            loaded,
            present =>
            {
                var current = present.Leg(utility)!;
                return current.Problems.Any(problem =>
                    problem.Problem == LegProblems.StatusConflict && problem.Text == text
                )
                    ? JointChange.None(present)
                    : new JointChange(present.With(With(current, text, now)))
                    {
                        Facts = [new JointFact(JsonNames.From(utility), LegProblems.StatusConflict, shown)],
                        Notices = [JointNotice.Problem(present, utility, LegProblems.StatusConflict, now)],
                    };
            }
        );
        return changed.Succeeded(out var joint, out var refusal) ? joint : throw new LegNotMovedException(refusal.Code);

        string Text(string code) => $"{status.StatusId}: {code} (digest {digest[..16]})";
    }

    private static Leg With(Leg leg, string text, DateTimeOffset now) =>
        leg with
        {
            Problems =
            [
                .. leg.Problems,
                new LegProblem
                {
                    Problem = LegProblems.StatusConflict,
                    Text = text,
                    Since = now,
                },
            ],
        };

    private async Task<Dictionary<string, byte[]>> KnownOfAsync(LegId legId)
    {
        var number = legId.ToString();
        await using var db = await factory.CreateDbContextAsync();
        return await db.Set<LegStatusRow>()
            .Where(row => row.LegId == number)
            .Select(row => new { row.StatusId, row.Digest })
            .ToDictionaryAsync(row => row.StatusId, row => row.Digest, StringComparer.Ordinal);
    }
}
