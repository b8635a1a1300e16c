using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Applications;

/// <summary>
/// The applications of a case in its timeline. Checks, decisions and acts are on record as evidence; this is what is not: what
/// an application was accepted with, and when it is asked about again.
/// </summary>
internal sealed class ApplicationHistory : ICaseHistory
{
    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(
        GatewayDb db,
        string callerId,
        string caseId,
        CancellationToken cancellationToken
    )
    {
        var applications = await db.Set<ApplicationRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == caseId && row.CallerId == callerId)
            .OrderBy(row => row.ApplicationId)
            .Select(row => row.Dossier)
            .ToListAsync(cancellationToken);
        return [.. applications.Select(Application.FromJson).Select(EntryOf)];
    }

    private static TimelineEntry EntryOf(Application application) =>
        new()
        {
            At = ChinaTime.In(application.AcceptedAt),
            Kind = "act",
            What = "application",
            Outcome = application.State == ApplicationState.Withdrawn ? "accepted-and-withdrawn" : "accepted",
            Detail = string.Join(
                "; ",
                ApplicationNotifications
                    .From(application)
                    .Where(fact => !string.IsNullOrEmpty(fact.Value))
                    .Select(fact => $"{fact.Key}: {fact.Value}")
            ),
            By = application.CallerId,
            Reference = application.ApplicationId,
            EvidenceId = application.History is [var first, ..] ? first.EvidenceId : null,
        };
}
