using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Platform.Json;
using Microsoft.AspNetCore.Http;
using static Integration.Gateway.Tests.Cases.CaseBuilder;

namespace Integration.Gateway.Tests.Cases;

public class LimitFoldTests
{
    [Fact]
    public void The_mean_stands_against_the_limit_and_running_cases_count_only_when_overdue()
    {
        var fold = new LimitFold(Clock, Time("2026-11-27T10:00:00+08:00"));
        fold.Add(
            Reach(Accepted(limits: "non-resident-without-outside-works"), "connected", "2026-11-24T10:15:00+08:00")
        );
        fold.Add(
            Reach(Accepted(limits: "non-resident-without-outside-works"), "connected", "2026-11-26T17:30:00+08:00")
        );
        fold.Add(Accepted(limits: "non-resident-without-outside-works")); // overdue
        fold.Add(Accepted("2026-11-27T09:00:00+08:00", "non-resident-without-outside-works")); // runs
        fold.Add(Accepted("2026-12-31T09:00:00+08:00", "non-resident-without-outside-works")); // 2027 is missing

        var limit = Assert.Single(fold.Limits);
        Assert.Equal((5, 2, 1), (limit.Cases, limit.Finished, limit.NotRead));
        // 8.25 h and 27.5 h of the 20.5 h that 2 working days have from Monday 09:00
        Assert.Equal(
            decimal.Round(((8.25m * 2 / 20.5m) + (27.5m * 2 / 20.5m)) / 2, 2),
            decimal.Round(limit.Mean!.Value, 2)
        );
        Assert.Equal(decimal.Round(1m / 3, 4), limit.ShareWithin);
        Assert.Equal(5, fold.Cases.Count);
    }

    [Fact]
    public void Stops_are_summed_by_reason()
    {
        var file = Stop(
            Accepted(limits: "non-resident-low-voltage"),
            "company",
            "government-permit",
            "2026-11-23T10:00:00+08:00"
        );
        var stop = file.Clocks.Single(clock => clock.Clock == "company").Stops[0];
        file = Changed(CaseStops.End(file, stop.StopId, At("2026-11-23T10:30:00+08:00"))).File;
        file = Stop(file, "company", "government-permit", "2026-11-23T11:00:00+08:00");
        var fold = new LimitFold(Clock, Time("2026-11-23T11:45:00+08:00"));

        fold.Add(file);

        Assert.Equal([new StopSum("government-permit", 75)], Assert.Single(fold.Cases).Stops);
    }

    [Fact]
    public void Single_cases_are_bounded_and_sums_are_not()
    {
        var fold = new LimitFold(Clock, Time("2026-11-24T10:00:00+08:00"));
        var file = Accepted(limits: "small-micro-direct");
        for (var i = 0; i <= LimitFold.MostCases; i++)
        {
            fold.Add(file);
        }

        Assert.True(fold.IsCut);
        Assert.Equal(LimitFold.MostCases, fold.Cases.Count);
        Assert.Equal(LimitFold.MostCases + 1, Assert.Single(fold.Limits).Cases);
    }

    [Theory]
    [InlineData("?from=2026-11-01&to=2026-11-30", "")]
    [InlineData("?from=2026-01-01&to=2027-01-01", "")] // 366 days
    [InlineData("?from=2026-01-01&to=2027-01-02", "query:to")]
    [InlineData("?from=2026-11-30&to=2026-11-01", "query:to")]
    [InlineData("", "query:from query:to")]
    [InlineData(
        "?from=yesterday&to=2026-13-01&place=here&serviceType=a&serviceType=b",
        "query query:from query:to query:serviceType"
    )]
    public void Every_fault_of_the_query_is_listed(string query, string pointers)
    {
        var faults = new FaultList();
        var period = ReportPeriod.Read(
            new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)),
            faults
        );
        Assert.Equal(pointers, string.Join(' ', faults.ToList().Select(fault => fault.Pointer)));
        Assert.Equal(pointers.Length == 0, period is not null);
    }
}
