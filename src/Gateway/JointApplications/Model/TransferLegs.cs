using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What stands in the way of a transfer. Pure.</summary>
internal static class TransferLegs
{
    /// <summary>The first work of a leg that nothing is missing for.</summary>
    public static LegWork FirstWork(JointKind kind) => kind == JointKind.Transfer ? LegWork.PreCheck : LegWork.Send;

    /// <summary>
    /// The leg after the provider has looked at the account: it goes on, or waits for the applicant. What is owed on an account of
    /// another holder than the one named is not the applicant's concern.
    /// </summary>
    public static Leg Checked(Leg leg, TransferCheck check, DateTimeOffset now)
    {
        var gaps = new List<LegGap>();
        if (check is { HasArrears: true, IsStillFormerHolders: true })
        {
            gaps.Add(new LegGap("arrears", $"请先结清{UtilityWords.Provider(leg.Utility)}户号欠费，再重新提交"));
        }

        if (!check.IsStillFormerHolders)
        {
            gaps.Add(
                AccountGap($"{UtilityWords.Provider(leg.Utility)}户号不在原户主名下，请核对户号，或请原户主先行更正")
            );
        }

        if (gaps.Count > 0)
        {
            return Waiting(leg, gaps) with
            {
                Problems = check.IsStillFormerHolders ? leg.Problems : Holder(leg.Problems, now),
            };
        }

        return leg with
        {
            Work = LegWork.Send,
            WakeAt = now,
            Silences = 0,
            Problems = [.. leg.Problems.Select(problem => Closed(problem, LegProblems.AccountHolder, now))],
        };
    }

    /// <summary>The leg after the provider has said that it has no such account.</summary>
    public static Leg NoAccount(Leg leg) =>
        Waiting(leg, [AccountGap($"{UtilityWords.Provider(leg.Utility)}查无此户号，请核对后重新填写")]);

    /// <summary>The leg as long as the title is seized.</summary>
    public static Leg Seized(Leg leg, DateTimeOffset now) =>
        leg with
        {
            Work = LegWork.Hold,
            WakeAt = null,
            Problems = [.. leg.Problems, Problem(LegProblems.Seizure, "不动产已被查封，不能过户", now)],
        };

    public static bool IsSeized(Leg leg) =>
        leg.Problems.Any(problem => problem is { Problem: LegProblems.Seizure, ClosedAt: null });

    /// <summary>The leg when the title is free again.</summary>
    public static Leg Freed(Leg leg, DateTimeOffset now) =>
        leg with
        {
            Problems = [.. leg.Problems.Select(problem => Closed(problem, LegProblems.Seizure, now))],
        };

    /// <summary>The leg as long as the registry has not said whether the title is seized.</summary>
    public static Leg Untold(Leg leg, DateTimeOffset now) =>
        leg with
        {
            Work = LegWork.Hold,
            WakeAt = null,
            Problems =
            [
                .. leg.Problems,
                Problem(LegProblems.TitleUnanswered, "不动产登记机构尚未答复，是否查封未知，暂不能过户", now),
            ],
        };

    /// <summary>Whether the leg waits for the registry.</summary>
    public static bool AwaitsTitle(Leg leg) =>
        leg.Work == LegWork.Hold
        && leg.Problems.Any(problem => problem is { Problem: LegProblems.TitleUnanswered, ClosedAt: null });

    /// <summary>Whether a title that is seized, or of which that is not known, holds the leg.</summary>
    public static bool IsHeldByTitle(Leg leg) => IsSeized(leg) || AwaitsTitle(leg);

    /// <summary>The leg when the registry has answered, or a paper stands for its answer.</summary>
    public static Leg Answered(Leg leg, DateTimeOffset now, string? paper = null) =>
        leg with
        {
            Problems =
            [
                .. leg.Problems.Select(problem =>
                    problem is { Problem: LegProblems.TitleUnanswered, ClosedAt: null }
                        ? problem with
                        {
                            ClosedAt = now,
                            Reference = paper,
                        }
                        : problem
                ),
            ],
        };

    private static Leg Waiting(Leg leg, IReadOnlyList<LegGap> gaps) =>
        leg with
        {
            Work = LegWork.Hold,
            WakeAt = null,
            Silences = 0,
            Gaps = gaps,
        };

    private static LegGap AccountGap(string text) => new("account", text);

    private static IReadOnlyList<LegProblem> Holder(IReadOnlyList<LegProblem> problems, DateTimeOffset now) =>
        problems.Any(problem => problem is { Problem: LegProblems.AccountHolder, ClosedAt: null })
            ? problems
            : [.. problems, Problem(LegProblems.AccountHolder, "户号不在原户主名下", now)];

    private static LegProblem Problem(string name, string text, DateTimeOffset now) =>
        new()
        {
            Problem = name,
            Text = text,
            Since = now,
        };

    private static LegProblem Closed(LegProblem problem, string name, DateTimeOffset now) =>
        problem.Problem == name && problem.ClosedAt is null ? problem with { ClosedAt = now } : problem;
}
