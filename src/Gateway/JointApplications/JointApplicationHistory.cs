using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications;

/// <summary>
/// The joint applications of a case in its timeline. Statuses, steps and acts are on record as evidence; this is what is not: how
/// the whole stands, the visit, and when a leg waited for the applicant or an authority.
/// </summary>
internal sealed class JointApplicationHistory(PersonalDataVault vault) : ICaseHistory
{
    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(
        GatewayDb db,
        string callerId,
        string caseId,
        CancellationToken cancellationToken
    )
    {
        var files = await db.Set<JointApplicationRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == caseId && row.CallerId == callerId)
            .OrderBy(row => row.JointId)
            .Select(row => row.File)
            .ToListAsync(cancellationToken);
        return [.. files.Select(vault.OpenJson<JointApplication>).SelectMany(Read)];
    }

    /// <summary>The entries of one joint application. Pure.</summary>
    public static IEnumerable<TimelineEntry> Read(JointApplication joint) =>
        [Whole(joint), .. Visits(joint), .. joint.Legs.SelectMany(leg => leg.Waits.Select(wait => Wait(leg, wait)))];

    private static TimelineEntry Whole(JointApplication joint) =>
        new()
        {
            At = ChinaTime.In(joint.OpenedAt),
            Kind = "act",
            What = "joint-application",
            Outcome = JsonNames.From(joint.State),
            Detail = string.Join(
                "; ",
                joint.Legs.Select(leg => $"{JsonNames.From(leg.Utility)}: {JsonNames.From(leg.State)}")
            ),
            By = joint.CallerId,
            Reference = joint.JointId,
        };

    private static IEnumerable<TimelineEntry> Visits(JointApplication joint)
    {
        if (joint.Visit is { } visit && SiteVisitResponses.From(joint) is { } answer)
        {
            yield return new TimelineEntry
            {
                At = ChinaTime.In(visit.ProposedAt),
                Kind = "visit",
                What = "survey",
                Outcome = JsonNames.From(answer.State),
                Detail = FormattableString.Invariant(
                    $"{answer.From:yyyy-MM-dd HH:mm} to {answer.Until:HH:mm}; confirmed: {JointNotice.Names(answer.Confirmed)}"
                ),
                By = joint.CallerId,
                Reference = joint.JointId,
            };
        }
    }

    private static TimelineEntry Wait(Leg leg, LegWait wait) =>
        new()
        {
            At = ChinaTime.In(wait.From),
            Kind = "stop",
            What = JsonNames.From(leg.Utility),
            Outcome = wait.Reason,
            Detail = wait.Until is { } until
                ? FormattableString.Invariant($"until {ChinaTime.In(until):yyyy-MM-dd HH:mm}")
                : "it lasts",
            By = JsonNames.From(wait.Who),
            Reference = leg.LegId.ToString(),
        };
}
