using CsCheck;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Policy;
using Integration.Gateway.Tests.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Tests.Applications;

/// <summary>
/// The decision over two proofs of a tenant: title (checked) and lease (paper). Title: outcome and what differs. Lease: - is
/// missing, u uploaded, c promised, o promised and overdue.
/// </summary>
public class DecisionTests
{
    private static readonly PolicyEdition s_policy = PolicyBook
        .Open(PolicyFile.In(directory: null), Agencies.All)
        .InForce(Moments.Now);

    [Theory]
    [InlineData(CheckOutcome.Match, 'u', "one-paper", DecisionOutcome.OneCertificate)]
    [InlineData(CheckOutcome.Match, 'c', "commitments-open", DecisionOutcome.Provisional)]
    [InlineData(CheckOutcome.Match, 'o', "one-paper-missing", DecisionOutcome.OneCertificate)]
    [InlineData(CheckOutcome.Match, '-', "one-paper-missing", DecisionOutcome.OneCertificate)]
    [InlineData(CheckOutcome.NotFound, '-', "papers-missing", DecisionOutcome.Supplement)]
    [InlineData(CheckOutcome.Stale, '-', "papers-missing", DecisionOutcome.Supplement)]
    [InlineData(CheckOutcome.NotFound, 'u', "papers-missing", DecisionOutcome.Supplement)]
    [InlineData(CheckOutcome.NotFound, 'c', "papers-missing", DecisionOutcome.Supplement)]
    [InlineData(CheckOutcome.SourceUnavailable, '-', "source-unavailable", DecisionOutcome.Provisional)]
    [InlineData(CheckOutcome.SourceUnavailable, 'u', "source-unavailable", DecisionOutcome.Provisional)]
    [InlineData(CheckOutcome.Mismatch, 'u', "mismatch", DecisionOutcome.Review)]
    [InlineData(CheckOutcome.Ambiguous, 'u', "ambiguous", DecisionOutcome.Review)]
    [InlineData(CheckOutcome.NotAuthorised, '-', "not-authorised", DecisionOutcome.Review)]
    public void The_first_rule_that_applies_decides(
        CheckOutcome title,
        char lease,
        string rule,
        DecisionOutcome outcome
    )
    {
        var decided = DecisionRules.For(Standing([Title(title), Lease(lease)]));

        Assert.Equal((rule, outcome), (decided.Name, decided.Outcome));
    }

    [Fact]
    public void When_the_repetitions_are_over_a_person_looks() =>
        Assert.Equal(
            "source-silent",
            DecisionRules.For(Standing([Title(CheckOutcome.SourceUnavailable)]) with { AsksAgain = false }).Name
        );

    [Theory]
    [InlineData('-', true)]
    [InlineData('u', false)]
    public void A_silent_agency_does_not_hide_which_papers_are_needed(char lease, bool named)
    {
        var standing = Standing([Title(CheckOutcome.SourceUnavailable), Lease(lease)]);

        var said = DecisionRules.For(standing).Explain(standing);

        Assert.Equal(named, said.Contains("房屋租赁合同", StringComparison.Ordinal));
        Assert.Equal(!named, said.Contains("目前无需", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_uploads_are_for_a_person_to_look_at() =>
        Assert.Equal(
            "papers-complete",
            DecisionRules.For(Standing([Title(CheckOutcome.NotFound) with { Paper = Upload }, Lease('u')])).Name
        );

    [Fact]
    public void Shared_data_that_come_later_make_a_promise_needless() =>
        Assert.Equal(
            "all-proofs-shared",
            DecisionRules.For(Standing([Title(CheckOutcome.Match) with { Paper = Promise(due: null) }])).Name
        );

    [Fact]
    public void A_promise_without_a_day_stays_open() =>
        Assert.Equal(
            "commitments-open",
            DecisionRules.For(Standing([Title(CheckOutcome.NotFound) with { Paper = Promise(due: null) }])).Name
        );

    [Fact]
    public void The_list_of_what_is_missing_is_complete_and_each_entry_says_what_would_do()
    {
        var decision = ApplicationDecision.From(
            Standing([Title(CheckOutcome.NotFound), Lease('-')]),
            s_policy,
            "evd_1",
            Moments.Now
        );

        Assert.Equal(["propertyTitle", "lease"], decision.Missing.Select(missing => missing.Proof));
        Assert.All(decision.Missing, missing => Assert.Equal(["upload", "commitment"], missing.Accepts));
        Assert.All(
            decision.Missing,
            missing => Assert.Contains(missing.Text, decision.Explanation, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_rule_has_a_name_of_its_own_and_the_last_one_always_applies()
    {
        Assert.Equal(DecisionRules.All.Count, DecisionRules.All.DistinctBy(rule => rule.Name).Count());
        Assert.True(DecisionRules.All[^1].Applies(Standing([])));
    }

    [Fact]
    public void Whatever_is_known_one_rule_decides_and_nothing_unanswered_is_ever_demanded() =>
        Gen.Select(Gen.Enum<CheckOutcome>(), Gen.Char["-uco"])
            .Sample(
                (outcome, lease) =>
                {
                    var decision = ApplicationDecision.From(
                        Standing([Title(outcome), Lease(lease)]),
                        s_policy,
                        "evd_1",
                        Moments.Now
                    );

                    Assert.NotEmpty(decision.Explanation);
                    Assert.Equal(
                        outcome is CheckOutcome.NotFound or CheckOutcome.Stale,
                        decision.Missing.Any(missing => missing.Proof == "propertyTitle")
                    );
                }
            );

    private static Paper Upload { get; } = new(PaperKind.Upload, "FILE-1", "00", Moments.Now, DueAt: null);

    private static Paper Promise(DateTimeOffset? due) => new(PaperKind.Commitment, "P-1", null, Moments.Now, due);

    private static ApplicationStanding Standing(IReadOnlyList<ProofState> states) =>
        ApplicationStanding.From(s_policy.Service("low-voltage-residential-new")!, states, s_policy, Moments.Now);

    private static ProofState Title(CheckOutcome outcome) =>
        new()
        {
            Key = "propertyTitle",
            IsGiven = false,
            Checked = new CheckedState
            {
                Kind = CheckKind.PropertyTitle,
                Outcome = outcome,
                Mismatches = outcome == CheckOutcome.Mismatch ? ["holderName"] : [],
                Facts = CheckFacts.None,
                EvidenceId = "evd_0",
                At = Moments.Now,
            },
        };

    private static ProofState Lease(char state) =>
        new()
        {
            Key = "lease",
            IsGiven = false,
            Paper = state switch
            {
                'u' => Upload,
                'c' => Promise(Moments.Now.AddDays(1)),
                'o' => Promise(Moments.Now.AddDays(-1)),
                _ => null,
            },
        };
}
