using System.Globalization;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>How the limits were kept by the cases accepted in a period: operators see all, others their own cases.</summary>
internal sealed class LimitReport(IDbContextFactory<GatewayDb> factory, SlaClock clock, TimeProvider time)
{
    public async Task<LimitsReport> HandleAsync(Caller caller, ReportPeriod period, CancellationToken cancellationToken)
    {
        var fold = new LimitFold(clock, time.GetUtcNow());
        var (from, until) = (
            ChinaTime.At(period.From, default).ToUniversalTime(),
            ChinaTime.At(period.To.AddDays(1), default).ToUniversalTime()
        );
        var owner = caller.Kind == CallerKind.Ops ? null : caller.Id;
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var files = db.Set<CaseRow>()
            .AsNoTracking()
            .Where(row => row.AcceptedAt >= from && row.AcceptedAt < until)
            .Where(row => owner == null || row.CallerId == owner)
            .Where(row => period.ServiceType == null || row.ServiceType == period.ServiceType)
            .OrderByDescending(row => row.AcceptedAt)
            .Select(row => row.File)
            .AsAsyncEnumerable();
        await foreach (var json in files.WithCancellation(cancellationToken))
        {
            var found = Case.FromJson(json);
            if (found.State != CaseState.Withdrawn)
            {
                fold.Add(found);
            }
        }

        return new LimitsReport
        {
            From = period.From,
            To = period.To,
            Limits = fold.Limits,
            Cases = fold.Cases,
            Note = fold.IsCut
                ? "Only the figures of the 1,000 accepted last are listed; the sums go over all. Ask for a shorter period."
                : null,
        };
    }
}

/// <summary>What a report is about.</summary>
/// <param name="From">First day of acceptance, Asia/Shanghai.</param>
/// <param name="To">Last day of acceptance.</param>
/// <param name="ServiceType">One service; null: all.</param>
internal sealed record ReportPeriod(DateOnly From, DateOnly To, string? ServiceType)
{
    private const int LongestDays = 366;
    private const int LongestName = 64;

    /// <summary>Reads the query and notes every fault.</summary>
    public static ReportPeriod? Read(IQueryCollection query, FaultList faults)
    {
        foreach (var name in query.Keys.Where(name => name is not ("from" or "to" or "serviceType")))
        {
            _ = name; // never said back
            faults.Add("query", "unknown-member", "The query has from, to and serviceType.");
            break;
        }

        var (from, to) = (Day(query, "from", faults), Day(query, "to", faults));
        var service = query["serviceType"].ToString() is { Length: > 0 } text ? text : null;
        if (service?.Length > LongestName || query["serviceType"].Count > 1)
        {
            faults.Add("query:serviceType", "length", "One service of 1 to 64 characters is needed.");
        }

        if (to < from)
        {
            faults.Add("query:to", "range", "The last day lies before the first.");
        }
        else if (from is { } first && to is { } last && last.DayNumber - first.DayNumber >= LongestDays)
        {
            faults.Add("query:to", "range", "A report covers at most 366 days.");
        }

        return faults.IsEmpty ? new ReportPeriod(from!.Value, to!.Value, service) : null;
    }

    private static DateOnly? Day(IQueryCollection query, string name, FaultList faults)
    {
        if (
            DateOnly.TryParseExact(
                query[name].ToString(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            ) && day.Year is > 1900 and < 9999
        )
        {
            return day;
        }

        faults.Add($"query:{name}", "format", "A day is needed, YYYY-MM-DD.");
        return null;
    }
}
