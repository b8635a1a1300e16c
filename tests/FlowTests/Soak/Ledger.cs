using System.Text.Json.Nodes;
using Integration.Contracts.V1.Events;
using Integration.Testing.Processes;

namespace Integration.FlowTests.Soak;

/// <summary>What a run left in the database, read past the gateway.</summary>
internal sealed class Ledger
{
    /// <summary><see cref="ClockReference"/> counts whole minutes: one may be too many at the start, another in the 70 %.</summary>
    private static readonly TimeSpan s_grain = TimeSpan.FromMinutes(2);

    public required IReadOnlyList<StoredEvent> Events { get; init; }

    public required IReadOnlyList<StoredApplication> Applications { get; init; }

    public required IReadOnlyList<StoredCase> Cases { get; init; }

    public required IReadOnlyDictionary<string, DateTimeOffset> Timers { get; init; }

    public required IReadOnlyList<string> AcceptedNotices { get; init; }

    public static async Task<Ledger> ReadAsync(SeveralNodes stage) =>
        new()
        {
            Events = await stage.QueryAsync(
                """SELECT "ReceiptId", "EventId", "Type", "Result", "CaseId", "ReceivedAt" FROM "Events" """,
                row => new StoredEvent(
                    row.GetString(0),
                    row.GetString(1),
                    row.GetString(2),
                    row.GetString(3),
                    row.GetString(4),
                    stage.TimeOf(row, 5)
                )
            ),
            Applications = await stage.QueryAsync(
                """SELECT "ApplicationId", "CaseId", "AcceptedAt", "Dossier" FROM "Applications" """,
                row => new StoredApplication(
                    row.GetString(0),
                    row.GetString(1),
                    stage.TimeOf(row, 2),
                    JsonNode.Parse(row.GetString(3))!
                )
            ),
            Cases = await stage.QueryAsync(
                """SELECT "CaseKey", "CaseId", "File" FROM "Cases" """,
                row => new StoredCase(row.GetString(0), row.GetString(1), JsonNode.Parse(row.GetString(2))!)
            ),
            Timers = (
                await stage.QueryAsync(
                    """SELECT "Key", "DueAt" FROM "Timers" WHERE "Kind" = 'case-clock' """,
                    row => (Key: row.GetString(0), DueAt: stage.TimeOf(row, 1))
                )
            ).ToDictionary(timer => timer.Key, timer => timer.DueAt, StringComparer.Ordinal),
            AcceptedNotices = await stage.QueryAsync(
                """SELECT "CaseId" FROM "Notices" WHERE "Type" = 'case.accepted' """,
                row => row.GetString(0)
            ),
        };

    /// <summary>No receipt without its event, no event twice, and the time on the receipt is the time that counts.</summary>
    public void HoldsEveryReceiptOnce(IReadOnlyDictionary<string, EventReceipt> receipts)
    {
        Assert.Equal(receipts.Count, Events.Count);
        var stored = Events.ToDictionary(row => row.EventId, StringComparer.Ordinal);
        foreach (var (eventId, receipt) in receipts)
        {
            Assert.Equal(receipt.ReceiptId, stored[eventId].ReceiptId);
            Assert.Equal(receipt.CaseId, stored[eventId].CaseId);
            Assert.True((receipt.ReceivedAt - stored[eventId].ReceivedAt).Duration() < TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>One application for each enterprise, withdrawn where it was withdrawn, and told once.</summary>
    public void WasAppliedOnce(int enterprises)
    {
        Assert.True(
            enterprises == Applications.Count,
            $"{Applications.Count} applications of {enterprises}; results: {string.Join(", ", Events.CountBy(row => $"{row.Type} {row.Result}"))}"
        );
        Assert.Equal(enterprises, Cases.Count);
        Assert.Equal(enterprises, Applications.Select(row => row.CaseId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(AcceptedNotices.CountBy(caseId => caseId), told => Assert.Equal(1, told.Value));
        var withdrawn = Enumerable.Range(0, enterprises).Count(Story.IsWithdrawn);
        Assert.Equal(withdrawn, Applications.Count(row => row.State == "withdrawn"));
        Assert.Equal(withdrawn, Cases.Count(row => row.State == "withdrawn"));
    }

    /// <summary>Starts, ends and the next alarm of every case, against <see cref="ClockReference"/>.</summary>
    public void ClocksAreRight()
    {
        var received = Events
            .Where(row => row.Type == "enterprise.opened")
            .ToDictionary(row => row.CaseId, row => row.ReceivedAt, StringComparer.Ordinal);
        var applications = Applications.ToDictionary(row => row.CaseId, StringComparer.Ordinal);
        foreach (var stored in Cases)
        {
            var accepted = applications[stored.CaseId].AcceptedAt;
            foreach (var clock in stored.Clocks)
            {
                if ((string)clock["clock"]! == "acceptance")
                {
                    // Also when the withdrawal was committed first.
                    Assert.True(IsSame(received[stored.CaseId], clock["startedAt"]), $"{clock["startedAt"]}");
                    Assert.True(IsSame(accepted, clock["endedAt"]), $"{clock["endedAt"]} instead of {accepted:O}");
                }
                else
                {
                    Assert.True(IsSame(accepted, clock["startedAt"]), $"{clock["startedAt"]} instead of {accepted:O}");
                }
            }

            if (stored.State == "withdrawn")
            {
                Assert.DoesNotContain(stored.Key, Timers.Keys);
                Assert.All(stored.Clocks, clock => Assert.NotNull(clock["endedAt"]));
                continue;
            }

            var next = stored
                .Clocks.Where(clock => clock["endedAt"] is null && clock["terms"] is not null)
                .Min(clock => ClockReference.YellowAt((int)clock["terms"]!["amount"]!, accepted));
            Assert.True(
                (Timers[stored.Key] - next).Duration() <= s_grain,
                $"Case {stored.CaseId}: the alarm is set to {Timers[stored.Key]:O}, not {next:O}."
            );
        }
    }

    private static bool IsSame(DateTimeOffset expected, JsonNode? actual) =>
        actual is not null && (expected - (DateTimeOffset)actual).Duration() < TimeSpan.FromMilliseconds(1);

    internal sealed record StoredEvent(
        string ReceiptId,
        string EventId,
        string Type,
        string Result,
        string CaseId,
        DateTimeOffset ReceivedAt
    );

    internal sealed record StoredApplication(
        string ApplicationId,
        string CaseId,
        DateTimeOffset AcceptedAt,
        JsonNode Dossier
    )
    {
        public string State => (string)Dossier["state"]!;
    }

    internal sealed record StoredCase(string Key, string CaseId, JsonNode File)
    {
        public string State => (string)File["state"]!;

        public IEnumerable<JsonNode> Clocks => File["clocks"]!.AsArray().Select(clock => clock!);
    }
}
