using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.JointApplications.Timing;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Answering;

/// <summary>
/// The joint applications of a case in its timeline. Statuses, steps and acts are on record as evidence; this is what is not: how
/// the whole stands, the visit, and when a leg waited for somebody other than its provider.
/// </summary>
internal sealed class JointHistory(PersonalDataVault vault) : ICaseHistory
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(
        GatewayDb db,
        string callerId,
        string caseId,
        CancellationToken cancellationToken
    )
    {
        var files = await db.Set<JointRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == caseId && row.CallerId == callerId)
            .OrderBy(row => row.JointId)
            .Select(row => row.File)
            .ToListAsync(cancellationToken);
        return [.. files.Select(vault.OpenJson<JointFile>).SelectMany(Of)];
    }

    /// <summary>The entries of one joint application. Pure.</summary>
    public static IEnumerable<TimelineEntry> Of(JointFile file) =>
        [Whole(file), .. Visits(file), .. file.Legs.SelectMany(leg => leg.Waits.Select(wait => Wait(leg, wait)))];

    private static TimelineEntry Whole(JointFile file) =>
        new()
        {
            At = ChinaTime.In(file.OpenedAt),
            Kind = "act",
            What = "joint-application",
            Outcome = JsonNames.Of(file.State),
            Detail = string.Join(
                "; ",
                file.Legs.Select(leg => $"{JsonNames.Of(leg.Utility)}: {JsonNames.Of(leg.State)}")
            ),
            By = file.CallerId,
            Reference = file.JointId,
        };

    private static IEnumerable<TimelineEntry> Visits(JointFile file)
    {
        if (file.Visit is { } visit && VisitAnswer.Of(file) is { } answer)
        {
            yield return new TimelineEntry
            {
                At = ChinaTime.In(visit.ProposedAt),
                Kind = "visit",
                What = "survey",
                Outcome = JsonNames.Of(answer.State),
                Detail = FormattableString.Invariant(
                    $"{answer.From:yyyy-MM-dd HH:mm} to {answer.Until:HH:mm}; confirmed: {JointNews.Names(answer.Confirmed)}"
                ),
                By = file.CallerId,
                Reference = file.JointId,
            };
        }
    }

    private static TimelineEntry Wait(Leg leg, LegWait wait) =>
        new()
        {
            At = ChinaTime.In(wait.From),
            Kind = "stop",
            What = JsonNames.Of(leg.Utility),
            Outcome = wait.Reason,
            Detail = wait.Until is { } until
                ? FormattableString.Invariant($"until {ChinaTime.In(until):yyyy-MM-dd HH:mm}")
                : "it lasts",
            By = JsonNames.Of(wait.Who),
            Reference = leg.LegId,
        };
}
