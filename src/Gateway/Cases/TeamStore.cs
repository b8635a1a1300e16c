using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>Counts the yellow clocks of a team in a row.</summary>
internal sealed class TeamStore(IDbContextFactory<GatewayDb> factory)
{
    /// <summary>A team by its key; null: none of its clocks was ever yellow.</summary>
    public async Task<TeamRow?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<TeamRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Team == key, cancellationToken);
    }

    /// <summary>The row of a team begins anew, unless another clock was counted since it was read.</summary>
    public static void Reset(UnitOfWork unit, TeamRow read) =>
        unit.Update<TeamRow>(read.Team, read.Version, row => row.Yellows = 0);
}

/// <summary>
/// A clock of a team turned yellow, or ended on plan: counted as the row stands within the commit that tells of it, so that the cases of one
/// team never wait for each other. When the row is full, a timer that is due at once tells of it.
/// </summary>
internal sealed record TeamMarkWrite(string CallerId, string CaseId, TeamMark Mark) : IRowWrite
{
    public void WriteTo(GatewayDb db)
    {
        var key = TeamRow.KeyOf(CallerId, Mark.Team);
        var row = db.Find<TeamRow>(key);
        if (!Mark.IsYellow)
        {
            // A full row stays full until it was told.
            if (row is not null && row.Yellows < Mark.Limit && row.Yellows > 0)
            {
                (row.Yellows, row.Version) = (0, row.Version + 1);
            }

            return;
        }

        if (row is null)
        {
            row = new TeamRow
            {
                Team = key,
                CallerId = CallerId,
                CaseId = CaseId,
                Yellows = 0,
                Version = 0,
            };
            db.Add(row);
        }

        (row.CaseId, row.Yellows, row.Version) = (CaseId, row.Yellows + 1, row.Version + 1);
        if (row.Yellows >= Mark.Limit)
        {
            DurableTimer.Set(db, CaseTimers.Team, key, Mark.At);
        }
    }
}
