using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Cases;

/// <summary>A gateway whose clock the test moves, and what its database says about a case.</summary>
public sealed class CaseDriver : IAsyncDisposable
{
    private CaseDriver(IntegrationHost host) => Host = host;

    public IntegrationHost Host { get; }

    public FakeTimeProvider Clock => Host.Clock!;

    /// <summary>Starts at a moment, by default Monday 2026-11-23 at 09:00.</summary>
    public static async Task<CaseDriver> StartAsync(Engine engine, string at = "2026-11-23T09:00:00+08:00") =>
        new(
            await IntegrationHost.StartAsync(
                new IntegrationHostOptions { Engine = engine, Clock = new FakeTimeProvider(Time(at)) }
            )
        );

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Accepts an application for a resident at home with a direct connection: company time is limited to 2 working days.</summary>
    public async Task<string> AcceptedAsync(string? caseId = null)
    {
        var request = HallRequests.Residential("p02", "t02");
        request = request with
        {
            CaseId = caseId ?? request.CaseId,
            Basis = HallRequests.Consent with { GrantedAt = Clock.GetUtcNow() },
        };
        ApplicationResponse answer = await Host.Hall.Api.ApplyAsync(request);
        return answer.CaseId;
    }

    public void MoveTo(string moment) => Clock.SetUtcNow(Time(moment));

    /// <summary>Sets the clock back, as a machine that loses its time source does; timers stay as they are.</summary>
    public void SetBackTo(string moment) => Clock.AdjustTime(Time(moment));

    /// <summary>Waits for what a timer does; the clock goes on by a second each time it is looked at.</summary>
    public Task<T> SoonAsync<T>(string what, Func<Task<T>> read, Func<T, bool> fits) =>
        Clock.GetAsync(TimeSpan.FromSeconds(1), what, read, fits);

    /// <summary>The gateway's own entries of a case, e.g. <c>clock yellow</c>, in order.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(string caseId)
    {
        var answer = await Host.Hall.Api.GetCaseAsync(caseId);
        return
        [
            .. answer.Timeline.Where(entry => entry.Kind == "clock").Select(entry => $"{entry.What} {entry.Outcome}"),
        ];
    }

    public async Task<ClockResponse> ClocksAsync(string caseId, string clock) =>
        (await Host.Hall.Api.GetCaseAsync(caseId)).Clocks.Single(running => running.Clock == clock);

    internal GatewayDb Db() => Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();

    internal async Task<TimerRow?> TimerAsync(string caseId)
    {
        await using var db = Db();
        return await db.FindAsync<TimerRow>("case-clock", CaseRow.KeyOf("hall", caseId));
    }

    internal async Task<int> RecordsAsync(string caseId)
    {
        await using var db = Db();
        return await db.Set<EvidenceRow>().CountAsync(row => row.CaseId == caseId);
    }

    /// <summary>The flags as stored, without the look that a request takes.</summary>
    internal async Task<IReadOnlyList<string>> FlagsAsync(string caseId)
    {
        await using var db = Db();
        var row = await db.Set<CaseRow>().AsNoTracking().FirstAsync(row => row.CaseId == caseId);
        return [.. Integration.Gateway.Cases.Model.Case.FromJson(row.File).Flags.Select(flag => flag.Flag)];
    }

    /// <summary>Gives another caller a case of the same number.</summary>
    internal async Task CopyToAsync(string callerId, string caseId)
    {
        await using var db = Db();
        var row = await db.Set<CaseRow>().AsNoTracking().FirstAsync(row => row.CaseId == caseId);
        db.Add(
            new CaseRow
            {
                CaseKey = CaseRow.KeyOf(callerId, caseId),
                CaseId = caseId,
                CallerId = callerId,
                OpenedAt = row.OpenedAt,
                AcceptedAt = row.AcceptedAt,
                File = row.File.Replace("\"hall\"", $"\"{callerId}\"", StringComparison.Ordinal),
                Version = row.Version,
            }
        );
        await db.SaveChangesAsync();
    }

    /// <summary>Changes the stored case as an intruder with access to the database could.</summary>
    internal async Task AlterAsync(string caseId, Func<string, string> change)
    {
        await using var db = Db();
        var row = await db.Set<CaseRow>().FirstAsync(row => row.CaseId == caseId);
        var altered = change(row.File);
        await db.Set<CaseRow>()
            .Where(stored => stored.CaseKey == row.CaseKey)
            .ExecuteUpdateAsync(set => set.SetProperty(stored => stored.File, altered));
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
