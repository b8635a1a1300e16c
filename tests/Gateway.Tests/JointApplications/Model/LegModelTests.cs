using CsCheck;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications.Model;

/// <summary>A provider that does anything at all plays against the table of legs.</summary>
public sealed class LegModelTests
{
    private const int Plays = 20_000;

    private static readonly Gen<Act> s_act = Gen.Frequency(
        (8, Gen.Select(Gen.Enum<Fate>(), fate => new Act(ActKind.Wake, fate))),
        (3, Numbered(ActKind.LateAnswer)),
        (2, Numbered(ActKind.LateRequest)),
        (5, Numbered(ActKind.Work)),
        (2, Numbered(ActKind.Suspend)),
        (2, Numbered(ActKind.Return)),
        (
            6,
            Gen.Select(
                Gen.Int[0, 7],
                Gen.Bool,
                (n, once) => new Act(ActKind.Status, once ? Fate.Answered : Fate.Killed, n)
            )
        ),
        (3, Gen.Const(new Act(ActKind.Take))),
        (1, Gen.Const(new Act(ActKind.Withdraw))),
        (2, Gen.Const(new Act(ActKind.Resend)))
    );

    private static readonly Gen<Act> s_wildAct = Gen.Frequency(
        (9, s_act),
        (
            1,
            Gen.Select(
                Gen.Int[0, 7],
                Gen.Enum<LegState>(),
                Gen.Bool,
                (n, state, isKnown) => new Act(ActKind.Lie, Number: n, State: isKnown ? state : null)
            )
        )
    );

    [Theory]
    [MemberData(nameof(Habits))]
    public void Whatever_a_provider_does_a_leg_keeps_its_rules_and_comes_to_rest(string habits) =>
        Play(s_act, habits, isTruthful: true);

    [Theory]
    [MemberData(nameof(Habits))]
    public void Also_when_it_contradicts_itself(string habits) => Play(s_wildAct, habits, isTruthful: false);

    public static TheoryData<string> Habits() => new("pushes", "polled", "pulls");

    private static void Play(Gen<Act> acts, string habits, bool isTruthful) =>
        acts.List[1, 40]
            .Sample(
                story =>
                {
                    var world = new LegModel(
                        habits switch
                        {
                            "pushes" => SomeLegs.Pushes,
                            "polled" => SomeLegs.Polled,
                            _ => SomeLegs.Pulls,
                        }
                    );
                    story.ForEach(world.Do);
                    var rests = world.ComesToRest();
                    var (leg, provider) = (world.Leg, world.Provider);
                    var fault =
                        world.Broken
                        ?? (
                            !rests ? "It does not come to rest."
                            : isTruthful ? Misfit(leg, provider)
                            : null
                        );
                    Assert.True(
                        fault is null,
                        $"{fault}\n{string.Join('\n', world.Story.Take(50))}\n{string.Join(' ', provider.Alive)}"
                    );
                },
                iter: Plays
            );

    /// <summary>What is wrong between what we say of a leg at rest and what the provider has; null: nothing.</summary>
    private static string? Misfit(Leg leg, ModelProvider provider) =>
        leg switch
        {
            { State: LegState.Closed } when provider.Orders[leg.Key.Key].Place < 10 =>
                "Closed, but not at the provider.",
            { State: LegState.Withdrawn } when provider.Alive.Any() && leg.Problems.Count == 0 =>
                "Withdrawn here and at work there, and nobody is told.",
            { State: not (LegState.Closed or LegState.Withdrawn), Work: not LegWork.Hold }
                when !(leg.IsUnwanted && leg.Problems.Count > 0) =>
                "It rests in the middle, and nobody has to do anything.",
            { Work: LegWork.Hold, IsUnwanted: true } => "It is held, and nobody wants it.",
            { Work: LegWork.Hold, Gaps.Count: 0 } when leg.Problems.All(problem => problem.ClosedAt is not null) =>
                "It is held, and nobody knows why.",
            _ => null,
        };

    private static Gen<Act> Numbered(ActKind kind) => Gen.Select(Gen.Int[0, 7], n => new Act(kind, Number: n));
}
