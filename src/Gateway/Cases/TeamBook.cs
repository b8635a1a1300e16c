using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.Cases;

/// <summary>Counts the yellow clocks of a team in a row, in the transaction that tells of them.</summary>
internal static class TeamBook
{
    /// <summary>Counts one; when the row is full, a timer that is due at once tells of it.</summary>
    public static void Mark(GatewayDb db, string callerId, string caseId, TeamMark mark)
    {
        var key = TeamRow.KeyOf(callerId, mark.Team);
        var row = db.Find<TeamRow>(key);
        if (!mark.IsYellow)
        {
            // A full row stays full until it was told.
            if (row is not null && row.Yellows < mark.Limit && row.Yellows > 0)
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
                CallerId = callerId,
                CaseId = caseId,
                Yellows = 0,
                Version = 0,
            };
            db.Add(row);
        }

        (row.CaseId, row.Yellows, row.Version) = (caseId, row.Yellows + 1, row.Version + 1);
        if (row.Yellows >= mark.Limit)
        {
            DurableTimer.Schedule(db, TeamWatch.TimerKind, key, mark.At);
        }
    }
}
