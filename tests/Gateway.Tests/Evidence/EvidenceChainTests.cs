using System.Buffers;
using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Testing.Databases;

namespace Integration.Gateway.Tests.Evidence;

public class EvidenceChainTests
{
    private static readonly DateTimeOffset s_at = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void An_untouched_chain_holds() => Assert.Null(EvidenceChain.Verify(Chain(4), ChainHead.Start));

    [Fact]
    public void A_part_of_a_chain_holds_after_its_anchor()
    {
        var rows = Chain(4);

        Assert.Null(EvidenceChain.Verify(rows[2..], new ChainHead(2, rows[1].Hash)));
    }

    [Fact]
    public void An_altered_record_is_found()
    {
        var rows = Chain(4);
        rows[2] = rows[2] with { Record = rows[2].Record.Replace("match", "mismatch", StringComparison.Ordinal) };

        Assert.Equal(new ChainFault(3, "the record was altered"), EvidenceChain.Verify(rows, ChainHead.Start));
    }

    [Fact]
    public void A_removed_record_is_found()
    {
        var rows = Chain(4);
        rows.RemoveAt(1);

        Assert.Equal(3, EvidenceChain.Verify(rows, ChainHead.Start)?.Sequence);
    }

    [Fact]
    public void A_record_that_was_altered_and_hashed_again_is_found_at_the_next_link()
    {
        var rows = Chain(4);
        var forged = rows[1].Record.Replace("match", "mismatch", StringComparison.Ordinal);
        rows[1] = rows[1] with
        {
            Record = forged,
            Hash = EvidenceChain.HashOf("c", 2, rows[1].PreviousHash, Encoding.UTF8.GetBytes(forged)),
        };

        Assert.Equal(
            new ChainFault(3, "it does not follow the link before"),
            EvidenceChain.Verify(rows, ChainHead.Start)
        );
    }

    [Fact]
    public void Two_records_that_changed_places_are_found()
    {
        var rows = Chain(4);
        (rows[1], rows[2]) = (rows[2] with { Sequence = 2 }, rows[1] with { Sequence = 3 });

        Assert.Equal(2, EvidenceChain.Verify(rows, ChainHead.Start)?.Sequence);
    }

    [Fact]
    public void A_record_moved_to_another_callers_name_is_found()
    {
        var rows = Chain(2);
        rows[0] = rows[0] with { CallerId = "other" };

        Assert.Equal(
            new ChainFault(1, "the columns beside the record were altered"),
            EvidenceChain.Verify(rows, ChainHead.Start)
        );
    }

    [Theory]
    [InlineData("Check", "vrf_1", "hall", true)]
    [InlineData("Check", "vrf_1", "other", false)]
    [InlineData("Event", "evr_1", "office", true)] // configured, no part of the record
    [InlineData("Clock", "cas_hall", "hall", true)] // an entry by another client, in the case of the hall
    [InlineData("Clock", "cas_hall", "other", false)]
    public void A_record_moved_to_another_owner_is_found(string kind, string parent, string owner, bool isSound)
    {
        var draft = EvidenceLogTests<SqliteTestDatabase>.Drafts(1)[0];
        var key = parent == "cas_hall" ? CaseEvidence.KeyOf("hall", draft.CaseId) : parent;
        var rows = Chain([draft with { Kind = Enum.Parse<EvidenceKind>(kind), ParentId = key, CaseOwner = owner }]);

        Assert.Equal(isSound, EvidenceChain.Verify(rows, ChainHead.Start) is null);
    }

    [Fact]
    public void A_column_that_differs_from_its_record_is_found()
    {
        var row = Chain(1)[0];

        Assert.NotNull(EvidenceChain.Verify([row with { Kind = "act" }], ChainHead.Start));
        Assert.NotNull(EvidenceChain.Verify([row with { At = row.At.AddMinutes(1) }], ChainHead.Start));
    }

    [Fact]
    public void The_canonical_form_is_the_documented_one()
    {
        var draft = EvidenceLogTests<SqliteTestDatabase>.Drafts(1)[0] with
        {
            EvidenceId = "evd_1",
            Detail = "姓名",
            At = s_at,
            Call = new CallTrace(
                "population-registry",
                "GK_GXFW_SFHC",
                "r1",
                s_at,
                s_at.AddMilliseconds(20),
                1,
                "ab",
                null
            ),
            Failure = new AgencyFailure(FailureStage.TimeOut, FailureSide.Agency, "time-out"),
        };

        Assert.Equal(
            """
            {"v":1,"evidenceId":"evd_1","kind":"check","caseId":"HALL-1","parentId":"vrf_1","callerId":"hall","purpose":"electricity.new-connection","basis":"consent CONSENT-1","grants":"G-1","subject":"check0","outcome":"match","detail":"\u59D3\u540D","policyVersion":"2026-11","at":"2026-11-23T01:00:00.000000Z","call":{"agency":"population-registry","operation":"GK_GXFW_SFHC","requestId":"r1","askedAt":"2026-11-23T01:00:00.000000Z","answeredAt":"2026-11-23T01:00:00.020000Z","attempts":1,"requestDigest":"ab"},"failure":{"stage":"timeOut","side":"agency","code":"time-out"}}
            """,
            TextOf(draft)
        );
    }

    /// <summary>Computed with sha256sum over the documented lines.</summary>
    [Fact]
    public void The_hash_is_the_documented_one() =>
        Assert.Equal(
            "224541950174bdf3eea7686d2276a304fe42ba109cc8ef554acecd5a08d4c2c7",
            Convert.ToHexStringLower(EvidenceChain.HashOf("local", 1, new byte[32], "{\"v\":1}"u8))
        );

    private static List<EvidenceRow> Chain(int count) => Chain(EvidenceLogTests<SqliteTestDatabase>.Drafts(count));

    private static List<EvidenceRow> Chain(IReadOnlyList<EvidenceDraft> drafts)
    {
        var rows = new List<EvidenceRow>();
        var head = ChainHead.Start;
        foreach (var draft in drafts)
        {
            var record = TextOf(draft);
            var hash = EvidenceChain.HashOf("c", head.Sequence + 1, head.Hash, Encoding.UTF8.GetBytes(record));
            rows.Add(
                new EvidenceRow
                {
                    Chain = "c",
                    Sequence = head.Sequence + 1,
                    EvidenceId = draft.EvidenceId,
                    CaseId = draft.CaseId,
                    CaseOwner = draft.CaseOwner,
                    CallerId = draft.CallerId,
                    Kind = EvidenceRecord.NameOf(draft.Kind),
                    At = StoredTime.From(draft.At),
                    Record = record,
                    PreviousHash = head.Hash,
                    Hash = hash,
                }
            );
            head = new ChainHead(head.Sequence + 1, hash);
        }

        return rows;
    }

    private static string TextOf(EvidenceDraft draft)
    {
        var output = new ArrayBufferWriter<byte>();
        EvidenceRecord.Write(draft, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
