using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Policy;
using static Integration.Gateway.Tests.Cases.CaseBuilder;

namespace Integration.Gateway.Tests.Cases;

/// <summary>Each opening has an acceptance clock of its own, from its own receipt to its own turn.</summary>
public class EventActsTests
{
    private const string Monday = "2026-11-23T09:00:00+08:00";
    private const string Tuesday = "2026-11-24T09:00:00+08:00";
    private const string Wednesday = "2026-11-25T09:00:00+08:00";

    [Fact]
    public void A_withdrawal_that_is_received_first_starts_nothing_and_the_opening_starts_from_its_own_receipt()
    {
        var withdrawal = Event(Monday, "evr_w") with { IsOpening = false, IsWithdrawal = true };

        var withdrawn = EventTransitions.Open(withdrawal, Clock);
        var opened = EventTransitions.Receive(withdrawn, Event(Tuesday, "evr_o"), isWithdrawalWaiting: true, Clock);

        Assert.Empty(withdrawn.Clocks);
        Assert.Null(withdrawn.WakeAt);
        var clock = Assert.Single(opened.Clocks);
        Assert.Equal((Time(Tuesday), "evr_o", "evd_event"), (clock.StartedAt, clock.ReceiptId, clock.EvidenceId));
        Assert.Equal(Time("2026-11-24T10:24:00+08:00"), opened.WakeAt); // 70 % of 120 minutes
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void A_change_that_is_received_opens_only_where_nothing_was_opened(bool isOpening, int clocks)
    {
        var file = EventTransitions.Open(Event(Monday) with { IsOpening = false, IsWithdrawal = true }, Clock);
        file = EventTransitions.Receive(file, Event(Tuesday, "evr_2") with { IsOpening = false }, false, Clock);
        file = EventTransitions.Receive(file, Event(Tuesday, "evr_3"), isWithdrawalWaiting: false, Clock);

        var after = EventTransitions.Receive(
            file,
            Event(Wednesday, "evr_4") with
            {
                IsOpening = isOpening,
            },
            false,
            Clock
        );

        Assert.Equal(clocks, after.Clocks.Count);
    }

    [Fact]
    public void An_opening_while_an_application_is_in_force_is_a_change_unless_a_withdrawal_waits()
    {
        var accepted = Accept(OpenedByEvent(Monday), "evr_1");

        Assert.Same(accepted, EventTransitions.Receive(accepted, Event(Tuesday, "evr_3"), false, Clock));
        var awaiting = EventTransitions.Receive(accepted, Event(Tuesday, "evr_3"), isWithdrawalWaiting: true, Clock);
        Assert.Equal(
            "evr_3",
            awaiting.Clocks.Single(clock => clock is { IsRunning: true, Limit: "acceptance" }).ReceiptId
        );
    }

    [Fact]
    public void A_second_opening_after_a_withdrawal_runs_from_its_receipt_to_its_own_acceptance()
    {
        var accepted = Accept(OpenedByEvent(Monday), "evr_1", "2026-11-23T09:30:00+08:00");
        var withdrawn = CaseTransitions.Withdraw(accepted, Time("2026-11-23T15:00:00+08:00")).File;

        var again = EventTransitions.Receive(withdrawn, Event(Tuesday, "evr_3"), isWithdrawalWaiting: false, Clock);
        Assert.Equal(Time("2026-11-24T10:24:00+08:00"), again.WakeAt);
        var file = Accept(again, "evr_3", "2026-11-24T09:40:00+08:00");

        Assert.Equal(
            [(Time(Monday), Time("2026-11-23T09:30:00+08:00")), (Time(Tuesday), Time("2026-11-24T09:40:00+08:00"))],
            Acceptances(file).Select(clock => (clock.StartedAt, clock.EndedAt!.Value))
        );
        Assert.Equal((CaseState.Open, Time("2026-11-24T09:40:00+08:00")), (file.State, file.AcceptedAt!.Value));
    }

    [Fact]
    public void Neither_the_acceptance_of_another_event_nor_a_withdrawal_ends_the_clock_of_one_that_waits()
    {
        var both = EventTransitions.Receive(
            OpenedByEvent(Monday),
            Event(Tuesday, "evr_3"),
            isWithdrawalWaiting: true,
            Clock
        );

        var accepted = Accept(both, "evr_1", "2026-11-24T09:10:00+08:00", "evr_2", "evr_3");
        var withdrawn = CaseTransitions
            .Withdraw(accepted, Time("2026-11-24T09:11:00+08:00"), "evd_w", Turn(Monday, "evr_2", "evr_3"))
            .File;

        Assert.Equal(CaseState.Withdrawn, withdrawn.State);
        var running = Assert.Single(withdrawn.Clocks, clock => clock.IsRunning);
        Assert.Equal(("evr_3", Time(Tuesday), false), (running.ReceiptId, running.StartedAt, running.IsSettled));
        Assert.NotNull(withdrawn.WakeAt);
        Assert.All(Acceptances(Accept(withdrawn, "evr_3", Wednesday)), clock => Assert.NotNull(clock.EndedAt));
    }

    [Fact]
    public void An_opening_that_was_taken_for_a_change_gets_its_clock_when_it_is_accepted()
    {
        var withdrawn = CaseTransitions.Withdraw(Accept(OpenedByEvent(Monday), "evr_1"), Time(Tuesday)).File;

        var accepted = CaseTransitions
            .Accept(withdrawn, Acceptance(Wednesday), Clock, Turn("2026-11-25T08:40:00+08:00", "evr_3"))
            .File;

        Assert.Equal(
            (Time("2026-11-25T08:40:00+08:00"), Time(Wednesday)),
            (Acceptances(accepted)[^1].StartedAt, Acceptances(accepted)[^1].EndedAt!.Value)
        );
    }

    [Fact]
    public void What_a_caller_applies_for_ends_every_acceptance()
    {
        var both = EventTransitions.Receive(
            OpenedByEvent(Monday),
            Event(Tuesday, "evr_3"),
            isWithdrawalWaiting: true,
            Clock
        );
        Assert.All(
            Acceptances(CaseTransitions.Accept(both, Acceptance(Wednesday), Clock).File),
            clock => Assert.Equal(Time(Wednesday), clock.EndedAt)
        );
    }

    [Fact]
    public void A_late_opening_leaves_a_withdrawn_case_as_it_was_and_nothing_runs()
    {
        var withdrawn = CaseTransitions.Withdraw(OpenedByEvent(Monday), Time(Tuesday)).File;
        var received = EventTransitions.Receive(
            withdrawn,
            Event(Wednesday, "evr_3"),
            isWithdrawalWaiting: false,
            Clock
        );

        var late = EventTransitions.PassOver(received, Turn(Wednesday, "evr_3"), isTakenBack: true, Time(Wednesday));

        Assert.All(late.Clocks, clock => Assert.False(clock.IsRunning));
        Assert.Equal((CaseState.Withdrawn, withdrawn.ClosedAt), (late.State, late.ClosedAt));
    }

    [Fact]
    public void What_was_withdrawn_before_it_was_opened_is_over_unless_something_waits()
    {
        var file = OpenedByEvent(Monday);

        var waiting = EventTransitions.PassOver(
            file,
            Turn(Tuesday, "evr_2", "evr_1"),
            isTakenBack: true,
            Time(Tuesday)
        );
        var over = EventTransitions.PassOver(file, Turn(Tuesday, "evr_2"), isTakenBack: true, Time(Tuesday));

        Assert.True(Assert.Single(waiting.Clocks).IsRunning);
        Assert.Equal((CaseState.Withdrawn, null), (over.State, over.WakeAt));
        Assert.False(Assert.Single(over.Clocks).IsRunning);
    }

    [Fact]
    public void An_event_without_effect_and_without_a_clock_changes_nothing()
    {
        var accepted = Accept(OpenedByEvent(Monday), "evr_1");
        Assert.Same(
            accepted,
            EventTransitions.PassOver(accepted, Turn(Tuesday, "evr_2"), isTakenBack: false, Time(Tuesday))
        );
    }

    [Fact]
    public void An_opening_for_other_utilities_or_for_people_opens_a_withdrawn_case_again()
    {
        var withdrawn = CaseTransitions.Withdraw(Accept(OpenedByEvent(Monday), "evr_1"), Time(Tuesday)).File;
        var turn = Turn(Wednesday, "evr_3");

        var other = EventTransitions.EndAcceptance(withdrawn, turn, CaseBuilder.Policy, Time(Wednesday));
        var review = EventTransitions.AwaitReview(withdrawn, turn, CaseBuilder.Policy, Clock, Time(Wednesday));

        Assert.Equal((CaseState.Open, null, null), (other.State, other.AcceptedAt, other.ClosedAt));
        Assert.All(other.Clocks, clock => Assert.False(clock.IsRunning));
        Assert.Equal(CaseState.Open, review.State);
        Assert.Equal(Time(Wednesday), Assert.Single(review.Clocks, clock => clock.IsRunning).StartedAt);
        Assert.Equal(
            review.Clocks,
            EventTransitions.AwaitReview(review, turn, CaseBuilder.Policy, Clock, Time(Wednesday)).Clocks
        );
    }

    [Fact]
    public void Without_electricity_its_clocks_and_stops_end_and_the_case_goes_on_with_those_of_others()
    {
        var accepted = CaseTransitions
            .Accept(OpenedByEvent(Monday), Acceptance(Monday, "non-resident-low-voltage"), Clock, Turn(Monday, "evr_1"))
            .File;
        var works = Reach(accepted, "constructionStarted", "2026-11-23T10:00:00+08:00");
        var stopped = Stop(works, "company", "government-permit", "2026-11-23T11:00:00+08:00");
        var water = stopped.Clocks.First(clock => clock.Clock == "company") with { Clock = "water", Stops = [] };
        var file = stopped with { Clocks = [.. stopped.Clocks, water] };

        var without = EventTransitions.EndElectricity(file, Turn(Tuesday, "evr_2"), Clock, Time(Tuesday));

        Assert.Equal((CaseState.Open, null, null), (without.State, without.AcceptedAt, without.ApplicationId));
        Assert.Equal("water", Assert.Single(without.Clocks, clock => clock.IsRunning).Clock);
        Assert.NotNull(without.WakeAt);
        Assert.All(without.Clocks.SelectMany(clock => clock.Stops), stop => Assert.Equal(Time(Tuesday), stop.Until));
        var alone = EventTransitions.EndElectricity(stopped, Turn(Tuesday, "evr_2"), Clock, Time(Tuesday));
        Assert.Equal((0, null), (alone.Clocks.Count(clock => clock.IsRunning), alone.WakeAt));
    }

    [Fact]
    public void What_happened_before_a_case_was_taken_back_is_no_late_start_of_what_is_accepted_after_it()
    {
        var first = CaseTransitions.Accept(
            OpenedByEvent(Monday),
            Acceptance(Monday) with
            {
                FirstTraceAt = Time(Monday),
            },
            Clock,
            Turn(Monday, "evr_1")
        );
        var withdrawn = CaseTransitions.Withdraw(first.File, Time(Tuesday)).File;
        var again = CaseTransitions
            .Accept(
                withdrawn,
                Acceptance(Wednesday) with
                {
                    FirstTraceAt = Time(Wednesday),
                },
                Clock,
                Turn(Wednesday, "evr_3")
            )
            .File;

        Assert.DoesNotContain(again.Flags, flag => flag.Flag == LateStart.Flag);
        Assert.DoesNotContain(Inspect(again, Check(Monday)), flag => flag.Flag == LateStart.Flag);
        var kept = again with { TakenBackAt = null };
        Assert.Contains(Inspect(kept, Check(Monday)), flag => flag.Flag == LateStart.Flag);
    }

    [Fact]
    public void Two_late_acceptances_of_one_case_count_twice_for_the_team()
    {
        var file = EventTransitions.Receive(
            OpenedByEvent(Monday),
            Event("2026-11-23T11:00:00+08:00", "evr_3"),
            isWithdrawalWaiting: true,
            Clock
        );
        var first = CaseDeadlineCheck.At(file, At("2026-11-23T10:24:00+08:00")).Change;
        var second = CaseDeadlineCheck.At(first.File, At("2026-11-23T14:24:00+08:00")).Change;

        Assert.True(Assert.Single(first.Marks).IsYellow);
        Assert.True(Assert.Single(second.Marks).IsYellow);
    }

    private static List<CaseClock> Acceptances(Case file) =>
        [.. file.Clocks.Where(clock => clock.Clock == ClockNames.Acceptance)];

    private static Case Accept(Case file, string receiptId, string at = Monday, params string[] waiting) =>
        CaseTransitions.Accept(file, Acceptance(at), Clock, Turn(at, receiptId, waiting)).File;

    private static IReadOnlyList<InspectionFlag> Inspect(Case file, CaseRecord record) =>
        CaseInspection.Inspect(
            new StoredTimes(file.OpenedAt, file.AcceptedAt, file.ClosedAt),
            file,
            new InspectedRecords([], record.Fact.At),
            At(Wednesday)
        );

    private static CaseRecord Check(string at) =>
        new(
            "evd_check",
            new EvidenceFact
            {
                Kind = "check",
                CaseId = "9210-1",
                ParentId = "app_1",
                CallerId = "hall",
                Purpose = "enterprise.opening",
                Basis = "consent",
                Grants = "owner",
                Subject = "identity",
                Outcome = "match",
                PolicyVersion = CaseBuilder.Policy.Version,
                At = Time(at),
            }
        );
}
