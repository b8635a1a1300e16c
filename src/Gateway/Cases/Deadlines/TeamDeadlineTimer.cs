using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.Cases.Deadlines;

/// <summary>
/// Three yellows in a row are red for the team: put on record and told, then the row begins anew. It may run twice; the
/// version of the row lets one through.
/// </summary>
internal sealed class TeamDeadlineTimer(
    TeamStore teams,
    CaseStore store,
    CaseActors actors,
    NoticeOutbox outbox,
    EvidenceLog evidence
) : ITimerHandler
{
    public const string TimerKind = CaseTimers.Team;

    public string Kind => TimerKind;

    public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
    {
        var told = await ConcurrencyRetry.RunAsync(async () =>
            await teams.FindAsync(call.Key, cancellationToken) is { Yellows: > 0 } row
                ? await TellAsync(row, cancellationToken)
                : TeamTold.Already
        );
        return told.Succeeded(out _, out var refusal) ? null : throw new ClockNotReadException(refusal.Title);
    }

    private async Task<Result<TeamTold>> TellAsync(TeamRow read, CancellationToken cancellationToken)
    {
        var last =
            await store.FindAsync(read.CallerId, read.CaseId, cancellationToken)
            ?? throw new ClockNotReadException("The case of the team's last yellow clock is gone.");
        var actor = actors.For(last, CaseActor.Gateway);
        if (read.Yellows < actor.Policy.Clocks.ThreeYellows)
        {
            return TeamTold.Already; // the next row has only begun
        }

        var team = last.Team ?? last.ServiceType ?? ClockNamesOf(last);
        var fact = new CaseFact(
            actor.NewId("evd"),
            FactSubjects.Team,
            "red",
            FormattableString.Invariant($"{team}: {read.Yellows} yellow in a row"),
            actor.At
        );
        var unit = UnitOfWork.From(CaseRecords.Create(last, [fact], last.CallerId, CaseRecords.OwnGrants));
        TeamStore.Reset(unit, read);
        unit.AppendRange(outbox.Rows(CaseNotifications.TeamIsRed(last, team, read.Yellows, actor.At)));
        return await evidence.CommitAsync(unit, TeamTold.Now);
    }

    private static string ClockNamesOf(Case found) =>
        string.Join(',', found.Clocks.Select(clock => clock.Clock).Distinct(StringComparer.Ordinal));

    private enum TeamTold
    {
        Already,
        Now,
    }
}
