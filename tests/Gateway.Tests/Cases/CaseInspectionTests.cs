using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using static Integration.Gateway.Tests.Cases.CaseBuilder;

namespace Integration.Gateway.Tests.Cases;

public class CaseInspectionTests
{
    private const string Monday = "2026-11-23T10:00:00+08:00";
    private static readonly Case s_file = Stop(
        Accepted(limits: "small-micro-direct"),
        "whole",
        "customer-date",
        Monday
    );

    private static readonly Dictionary<string, Func<Case, Case>> s_alterations = new()
    {
        {
            "milestone accepted: stored 2026-11-23T09:01",
            file => file with { Milestones = [file.Milestones[0] with { At = file.Milestones[0].At.AddMinutes(1) }] }
        },
        {
            "start of whole: stored 2026-11-24",
            file => Whole(file, clock => clock with { StartedAt = clock.StartedAt.AddDays(1) })
        },
        {
            "beginning of stop",
            file =>
                Whole(
                    file,
                    clock => clock with { Stops = [clock.Stops[0] with { From = clock.Stops[0].From.AddHours(-1) }] }
                )
        },
        { "stop begun of 2026-11-23T10:00", file => Whole(file, clock => clock with { Stops = [] }) },
        {
            "the record is not there",
            file =>
                file with
                {
                    Milestones = [.. file.Milestones, new Milestone("surveyed", Time(Monday), "x", "evd_invented")],
                }
        },
        {
            "stored small-micro-direct=9",
            file => Whole(file, clock => clock with { Terms = clock.Terms! with { Amount = 9 } })
        },
        { "beside the case differ", file => file with { AcceptedAt = file.AcceptedAt!.Value.AddHours(1) } },
    };

    public static TheoryData<string> Alterations => [.. s_alterations.Keys];

    [Fact]
    public void A_case_that_agrees_with_its_records_gets_no_flag() => Assert.Empty(Inspect(s_file, Records()));

    [Theory]
    [MemberData(nameof(Alterations))]
    public void What_was_altered_is_flagged(string expected)
    {
        var flags = Inspect(s_alterations[expected](s_file), Records());
        Assert.All(flags, flag => Assert.Equal(CaseInspection.AlteredTime, flag.Flag));
        Assert.Contains(flags, flag => flag.Detail.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_flag_that_stands_is_not_raised_again()
    {
        var altered = s_file with { Milestones = [] };
        var flags = Inspect(altered, Records());
        Assert.NotEmpty(flags);
        Assert.Empty(Inspect(altered with { Flags = flags }, Records()));
    }

    [Fact]
    public void A_check_long_before_acceptance_is_a_late_start()
    {
        var check = Record("evd_check", "check", "identity", "match", detail: null, "2026-11-20T09:00:00+08:00");
        Assert.Equal(LateStart.Flag, Assert.Single(Inspect(s_file, [.. Records(), check])).Flag);
    }

    private static IReadOnlyList<InspectionFlag> Inspect(Case file, IReadOnlyList<CaseRecord> records) =>
        CaseInspection.Inspect(
            new StoredTimes(s_file.OpenedAt, s_file.AcceptedAt, ClosedAt: null),
            file,
            new InspectedRecords(
                [.. records.Where(record => record.Fact.Kind == CaseRecord.Clock)],
                records.FirstOrDefault(record => record.Fact.Kind != CaseRecord.Clock)?.Fact.At
            ),
            At("2026-11-25T10:00:00+08:00")
        );

    private static List<CaseRecord> Records()
    {
        var stop = s_file.Clocks.Single(clock => clock.Clock == "whole").Stops[0];
        return
        [
            Record(
                "evd_accepted",
                "clock",
                "milestone",
                "accepted",
                "small-micro-direct=1",
                "2026-11-23T09:00:00+08:00"
            ),
            Record(stop.EvidenceId!, "clock", "stop", "begun", detail: null, Monday),
        ];
    }

    private static CaseRecord Record(
        string id,
        string kind,
        string subject,
        string outcome,
        string? detail,
        string at
    ) =>
        new(
            id,
            new EvidenceFact
            {
                Kind = kind,
                CaseId = s_file.CaseId,
                ParentId = CaseRow.KeyOf(s_file.CallerId, s_file.CaseId),
                CallerId = s_file.CallerId,
                Purpose = s_file.Purpose,
                Basis = "case",
                Grants = "owner",
                Subject = subject,
                Outcome = outcome,
                Detail = detail,
                PolicyVersion = s_file.PolicyVersion,
                At = Time(at),
            }
        );

    private static Case Whole(Case file, Func<CaseClock, CaseClock> change) =>
        file with
        {
            Clocks = [.. file.Clocks.Select(clock => clock.Clock == "whole" ? change(clock) : clock)],
        };
}
