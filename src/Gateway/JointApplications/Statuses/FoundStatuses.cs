using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Adapters.Ports;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.JointApplications.Working;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Statuses;

/// <summary>
/// Statuses that were found at a provider: received like those that are pushed. A provider that is polled cannot be told that it
/// used a number twice, so somebody here is: once, and the first status stands.
/// </summary>
internal sealed class FoundStatuses(
    ReceiveStatuses statuses,
    JointBook book,
    PersonalDataVault vault,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    /// <summary>A problem: another status stands under a number that is taken for ever.</summary>
    public const string Conflict = ProblemCodes.StatusConflict;

    /// <summary>A number that an adapter derives from the content of a status has so many hexadecimal digits.</summary>
    private const int DerivedCharacters = 32;

    private static readonly JsonSerializerOptions s_found = new(JsonSerializerDefaults.Web);

    /// <summary>Receives what was found, oldest first; what was received before does nothing.</summary>
    public async Task Receive(Leg leg, IReadOnlyList<ProviderStatus> found)
    {
        var known = await KnownOf(leg.LegId);
        foreach (var said in found.OrderBy(status => status.At))
        {
            var raw = JsonSerializer.SerializeToUtf8Bytes(said, s_found);
            var status = said with { StatusId = KnownAs(said.StatusId) };
            if (known.TryGetValue(status.StatusId, out var digest))
            {
                if (
                    !digest.AsSpan().SequenceEqual(vault.DigestOf(ReceiveStatuses.DigestKind, raw))
                    && await IsOther(leg, status.StatusId, raw)
                )
                {
                    await Tell(leg, status, raw);
                }

                continue;
            }

            var received = await statuses.ReceiveFound(leg.LegId, Reported(status), raw);
            if (received.Succeeded(out _, out var refusal))
            {
                continue;
            }

            if (ReferenceEquals(refusal, JointRefusals.StatusConflict))
            {
                await Tell(leg, status, raw);
            }
            else if (refusal.Retry == RetryAdvice.Safe)
            {
                throw new LegNotMovedException(refusal.Code);
            }
        }
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
            Fees = status.Fees,
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
    private async Task<bool> IsOther(Leg leg, string statusId, byte[] raw)
    {
        await using var db = await factory.CreateDbContextAsync();
        var name = JsonNames.Of(leg.Utility);
        var kept = await db.Set<LegStatusRow>()
            .Where(row => row.Utility == name && row.StatusId == statusId)
            .Select(row => row.Raw)
            .SingleAsync();
        return Said(vault.OpenBytes(kept)) is { } first && first != Said(raw);
    }

    private async Task Tell(Leg leg, ProviderStatus status, byte[] raw)
    {
        var (jointId, utility) = LegIds.Parse(leg.LegId)!.Value;
        var digest = Convert.ToHexStringLower(vault.DigestOf("leg-status-said", Encoding.UTF8.GetBytes(Said(raw)!)));
        var text = Text(status.Code);
        var shown = Text(Reported(status).ShownCode);
        var now = StoredTime.Of(time.GetUtcNow());
        var told = await book.Change(
            jointId,
            file =>
            {
                var current = file.Leg(utility)!;
                return current.Problems.Any(problem => problem.Problem == Conflict && problem.Text == text)
                    ? JointChange.None(file)
                    : new JointChange(file.With(With(current, text, now)))
                    {
                        Facts = [new JointFact(JsonNames.Of(utility), Conflict, shown)],
                        Notices = [JointNews.Problem(file, utility, Conflict, now)],
                    };
            }
        );
        if (!told.Succeeded(out _, out var refusal))
        {
            throw new LegNotMovedException(refusal.Code);
        }

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
                    Problem = Conflict,
                    Text = text,
                    Since = now,
                },
            ],
        };

    private async Task<Dictionary<string, byte[]>> KnownOf(string legId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.Set<LegStatusRow>()
            .Where(row => row.LegId == legId)
            .Select(row => new { row.StatusId, row.Digest })
            .ToDictionaryAsync(row => row.StatusId, row => row.Digest, StringComparer.Ordinal);
    }
}
