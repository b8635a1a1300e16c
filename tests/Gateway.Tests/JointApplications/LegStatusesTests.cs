using CsCheck;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>Every place of a leg against every status, newer and older than what is known; and in any order.</summary>
public sealed class LegStatusesTests
{
    private static readonly DateTimeOffset s_known = SomeLegs.Now.AddHours(-1);

    private static readonly LegState[] s_states = Enum.GetValues<LegState>();

    private static readonly LegState[] s_way =
    [
        LegState.Accepted,
        LegState.SurveyScheduled,
        LegState.Surveyed,
        LegState.PlanAnswered,
        LegState.AwaitingCustomer,
        LegState.AwaitingPermit,
        LegState.Construction,
        LegState.Inspected,
        LegState.Connected,
        LegState.Closed,
    ];

    public static TheoryData<LegState, LegState, bool> Cells()
    {
        var cells = new TheoryData<LegState, LegState, bool>();
        foreach (var state in s_states)
        {
            foreach (var said in s_states)
            {
                cells.Add(state, said, true);
                cells.Add(state, said, false);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell(LegState state, LegState said, bool isNews)
    {
        var leg = LegIn(state);
        var at = isNews ? s_known.AddMinutes(1) : s_known.AddMinutes(-1);
        var (after, effect) = LegStatuses.Apply(leg, SomeLegs.Status(said, at), nextLook: null, SomeLegs.Now);
        var (expectedState, expectedEffect) = Expected(state, said, isNews);
        Assert.Equal((expectedState, expectedEffect), (after.State, effect));
        Assert.Equal(effect == StatusEffect.Contradiction, after.Problems.Count == 1);
        Assert.Equal(after.State != state ? SomeLegs.Now : leg.Since, after.Since);
    }

    /// <summary>The rules in words, written down a second time.</summary>
    private static (LegState, StatusEffect) Expected(LegState state, LegState said, bool isNews)
    {
        const LegState Place = LegState.Accepted; // where the suspended and the returned leg of these tests stand
        if (state is LegState.Closed or LegState.Withdrawn)
        {
            return (
                state,
                state == said ? StatusEffect.Repeated
                : state == LegState.Withdrawn
                && said is LegState.Connected or LegState.Closed
                && state == LegState.Withdrawn
                    ? StatusEffect.Contradiction
                : StatusEffect.AfterEnd
            );
        }

        if (said == LegState.Withdrawn)
        {
            return state == LegState.Connected ? (state, StatusEffect.Contradiction) : (said, StatusEffect.Applied);
        }

        if (said is LegState.Suspended or LegState.Returned)
        {
            return !isNews ? (state, state == said ? StatusEffect.Repeated : StatusEffect.Late)
                : said == LegState.Returned && Rank(state) > Rank(LegState.Accepted)
                    ? (state, StatusEffect.Contradiction)
                : state == said ? (state, StatusEffect.Repeated)
                : (said, StatusEffect.Applied);
        }

        if (state is LegState.Suspended or LegState.Returned)
        {
            var reached = Rank(said) > Rank(Place) ? said : Place;
            return isNews || said == LegState.Closed ? (reached, StatusEffect.Applied)
                : state == LegState.Returned && Rank(reached) > Rank(Place) ? (reached, StatusEffect.Contradiction)
                : (state, StatusEffect.Late);
        }

        return Rank(said) > Rank(state) ? (said, StatusEffect.Applied)
            : Rank(said) < Rank(state) ? (state, StatusEffect.Late)
            : said != state && isNews ? (said, StatusEffect.Applied)
            : (state, StatusEffect.Repeated);
    }

    private static int Rank(LegState state) =>
        state switch
        {
            LegState.Suspended or LegState.Returned => Rank(LegState.Accepted),
            LegState.AwaitingPermit => (int)LegState.AwaitingCustomer,
            _ => (int)state,
        };

    [Fact]
    public void A_code_that_nobody_knows_is_kept_and_moves_nothing()
    {
        foreach (var state in s_states)
        {
            var leg = LegIn(state);
            var status = SomeLegs.Status(state: null, SomeLegs.Now);
            var (after, effect) = LegStatuses.Apply(leg, status, nextLook: null, SomeLegs.Now);
            Assert.Equal(StatusEffect.NotUnderstood, effect);
            Assert.Equal("something else", after.RawStatus);
            Assert.Equal(state, after.State);
        }
    }

    [Theory]
    [InlineData("Send")]
    [InlineData("Ask")]
    [InlineData("Listed")]
    public void A_status_proves_that_a_leg_arrived(string work)
    {
        var status = SomeLegs.Status(state: null, SomeLegs.Now) with { Reference = "R7" };
        var look = SomeLegs.Now.AddMinutes(1);
        var (after, _) = LegStatuses.Apply(SomeLegs.In(Enum.Parse<LegWork>(work)), status, look, SomeLegs.Now);
        Assert.Equal((LegWork.Watch, look, "R7"), (after.Work, after.WakeAt, after.Reference));
    }

    [Fact]
    public void A_status_of_an_earlier_sending_says_nothing_about_this_one()
    {
        var leg = SomeLegs.In(LegWork.Send) with { Sending = 2, StaleUntil = s_known };
        foreach (var state in new[] { LegState.Accepted, LegState.Returned, LegState.Withdrawn, LegState.Suspended })
        {
            var (after, effect) = LegStatuses.Apply(leg, SomeLegs.Status(state, s_known), null, SomeLegs.Now);
            Assert.Equal(StatusEffect.Late, effect);
            Assert.Same(leg, after);
        }
    }

    [Fact]
    public void A_leg_that_is_taken_back_stays_so_when_the_provider_returns_it()
    {
        var leg = SomeLegs.In(LegWork.Withdraw, LegState.Accepted) with { IsUnwanted = true };
        var status = SomeLegs.Status(LegState.Returned, SomeLegs.Now) with { Missing = ["lease"] };
        var (after, _) = LegStatuses.Apply(leg, status, null, SomeLegs.Now);
        Assert.Equal((LegWork.Withdraw, leg.WakeAt), (after.Work, after.WakeAt));
    }

    [Theory]
    [InlineData(LegState.Connected)]
    [InlineData(LegState.Closed)]
    public void A_leg_that_is_taken_back_and_supplies_all_the_same_is_a_problem(LegState said)
    {
        var leg = SomeLegs.In(LegWork.Withdraw, LegState.Inspected) with { IsUnwanted = true };
        var (after, _) = LegStatuses.Apply(leg, SomeLegs.Status(said, SomeLegs.Now), null, SomeLegs.Now);
        Assert.Equal("contradiction", Assert.Single(after.Problems).Problem);
        Assert.Equal(said, after.State);
        Assert.NotEqual(LegWork.Withdraw, after.Work);
    }

    [Fact]
    public void A_provider_that_goes_on_needs_nothing_from_the_applicant_any_more()
    {
        var (returned, _) = LegStatuses.Apply(
            SomeLegs.In(LegWork.Watch),
            SomeLegs.Status(LegState.Returned, s_known),
            null,
            SomeLegs.Now
        );
        Assert.Equal((LegWork.Hold, 1), (returned.Work, returned.Gaps.Count));
        var (goingOn, _) = LegStatuses.Apply(
            returned,
            SomeLegs.Status(LegState.Accepted, SomeLegs.Now),
            null,
            SomeLegs.Now
        );
        Assert.Equal((LegWork.Watch, 0), (goingOn.Work, goingOn.Gaps.Count));
    }

    /// <summary>What a provider may truly say of one sending, in the order in which it happens.</summary>
    private static readonly Gen<ReportedStatus[]> s_histories = Gen.Int[0, 3]
        .Array[1, 30]
        .Select(steps =>
        {
            var history = new List<ReportedStatus>();
            var place = 0;
            foreach (var step in steps)
            {
                var state = step switch
                {
                    0 => LegState.Suspended,
                    1 when place <= 1 => LegState.Returned,
                    2 when history.Count > 0 => s_way[Math.Max(0, place - 1)],
                    _ => s_way[Math.Min(place++, s_way.Length - 1)],
                };
                history.Add(SomeLegs.Status(state, s_known.AddMinutes(history.Count), $"s-{history.Count}"));
                if (state == LegState.Closed)
                {
                    break;
                }
            }

            return history.ToArray();
        });

    [Fact]
    public void In_any_order_statuses_end_in_the_same_state() =>
        Gen.SelectMany(s_histories, history => Gen.Shuffle(history).Select(shuffled => (history, shuffled)))
            .Sample(
                (history, shuffled) =>
                {
                    var (straight, mixed) = (All(history), All(shuffled));
                    return straight.State == mixed.State
                        && straight.Reached == mixed.Reached
                        && mixed.Problems.Count == 0;
                },
                iter: 50_000
            );

    [Fact]
    public void Repeating_them_under_other_numbers_changes_nothing() =>
        s_histories.Sample(
            history =>
            {
                var (once, twice) = (All(history), All([.. history.SelectMany(status => new[] { status, status })]));
                return once.State == twice.State && once.Reached == twice.Reached && once.Work == twice.Work;
            },
            iter: 20_000
        );

    private static Leg All(ReportedStatus[] statuses) =>
        statuses.Aggregate(
            SomeLegs.In(LegWork.Watch),
            (leg, status) => LegStatuses.Apply(leg, status, nextLook: null, SomeLegs.Now).Leg
        );

    private static Leg LegIn(LegState state) =>
        SomeLegs.In(state is LegState.Closed or LegState.Withdrawn ? LegWork.Done : LegWork.Watch, state) with
        {
            StatusAt = s_known,
            ReachedAt = s_known,
            HeldIn = state is LegState.Suspended or LegState.Returned ? LegState.Accepted : null,
        };
}
