using System.Globalization;
using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>
/// Three yellows in a row are red for the team: put on record and told, then the row begins anew. It may run twice; the
/// version of the row lets one through.
/// </summary>
internal sealed class TeamWatch(
    CaseBook book,
    CaseActors actors,
    NoticeOutbox outbox,
    EvidenceLog evidence,
    IDbContextFactory<GatewayDb> factory
) : ITimerHandler
{
    public const string TimerKind = "case-team";

    private const int Attempts = 5;

    public string Kind => TimerKind;

    public async Task Handle(string key, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await Read(key, cancellationToken) is not { Yellows: > 0 } row || await Tell(row, cancellationToken))
            {
                return;
            }
        }

        throw new ClockNotReadException("The team's row changed again and again while it was read.");
    }

    private async Task<TeamRow?> Read(string key, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<TeamRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Team == key, cancellationToken);
    }

    private async Task<bool> Tell(TeamRow read, CancellationToken cancellationToken)
    {
        var file =
            await book.Find(read.CallerId, read.CaseId, cancellationToken)
            ?? throw new ClockNotReadException("The case of the team's last yellow clock is gone.");
        var actor = actors.Of(file, CaseActor.Gateway);
        if (read.Yellows < actor.Policy.Clocks.ThreeYellows)
        {
            return true; // told already; the next row has only begun
        }

        var yellows = read.Yellows.ToString(CultureInfo.InvariantCulture);
        var team = file.Team ?? file.ServiceType ?? ClockNamesOf(file);
        var fact = new CaseFact(
            actor.NewId("evd"),
            FactSubjects.Team,
            "red",
            $"{team}: {yellows} yellow in a row",
            actor.At
        );
        var notice = new Notice
        {
            Type = NoticeTypes.ClockEscalated,
            CallerId = file.CallerId,
            CaseId = file.CaseId,
            At = actor.At,
            Data = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["reason"] = "team-red",
                ["team"] = team,
                ["yellows"] = yellows,
            },
        };
        var sealing = await evidence.Seal(
            CaseRecords.Of(file, [fact], file.CallerId, CaseRecords.OwnGrants),
            db => Begin(db, read, notice),
            CancellationToken.None
        );
        return sealing.Succeeded(out _, out var refusal)
            || (ReferenceEquals(refusal, Refusal.Overtaken) ? false : throw new ClockNotReadException(refusal.Title));
    }

    private void Begin(GatewayDb db, TeamRow read, Notice notice)
    {
        var row = db.Find<TeamRow>(read.Team) ?? throw new DbUpdateConcurrencyException("The row is gone.");
        db.Entry(row).Property(stored => stored.Version).OriginalValue = read.Version;
        (row.Yellows, row.Version) = (0, read.Version + 1);
        db.AppendRange(outbox.Rows(notice));
    }

    private static string ClockNamesOf(CaseFile file) =>
        string.Join(',', file.Clocks.Select(clock => clock.Clock).Distinct(StringComparer.Ordinal));
}
