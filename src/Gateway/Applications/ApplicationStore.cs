using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Recording;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Applications;

/// <summary>
/// Keeps applications. The timer that wakes an application is set in the commit that stores its version.
/// </summary>
internal sealed class ApplicationStore(
    IDbContextFactory<GatewayDb> factory,
    PersonalDataVault vault,
    PolicyBook policies
) : DocumentStore<Application, ApplicationRow>(factory)
{
    /// <summary>Stores a new application.</summary>
    public void Insert(
        UnitOfWork unit,
        Application opened,
        StoredResponse response,
        ApplicationRequest asSent,
        ApplicationPlan plan,
        GrantedRequest granted
    )
    {
        var first = opened with { Version = 1 };
        unit.Add(
            new ApplicationRow
            {
                ApplicationId = first.ApplicationId,
                CaseId = first.CaseId,
                CallerId = first.CallerId,
                AcceptedAt = first.AcceptedAt,
                Request = vault.SealJson(asSent),
                Dossier = first.ToJson(),
                Answer = response.Body,
                Version = first.Version,
            }
        );
        unit.AppendRange(Subjects.Rows(plan.Checks, granted, first.ApplicationId, vault, first.AcceptedAt));
        SetTimer(unit, first);
    }

    /// <summary>Commits the next version of an application as it was read, unless another request has changed it since.</summary>
    /// <param name="unit">What is committed.</param>
    /// <param name="before">As it was read.</param>
    /// <param name="after">What becomes of it; its version is set here.</param>
    /// <param name="response">The response as it is sent; null: the last one stands.</param>
    /// <param name="withdrawalReason">Why it was taken back; sealed here.</param>
    public void Replace(
        UnitOfWork unit,
        Application before,
        Application after,
        StoredResponse? response,
        string? withdrawalReason = null
    )
    {
        var reason = withdrawalReason is null ? null : vault.Seal(withdrawalReason);
        Replace(
            unit,
            before.ApplicationId,
            before,
            after with
            {
                Version = before.Version + 1,
            },
            row =>
            {
                row.Answer = response?.Body ?? row.Answer;
                row.WithdrawalReason = reason ?? row.WithdrawalReason;
            }
        );
        SetTimer(unit, after);
    }

    /// <summary>The application, or null: unknown, or another caller's.</summary>
    public async Task<StoredApplication?> FindAsync(
        string applicationId,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(applicationId, cancellationToken) is { } stored
        && (stored.Application.CallerId == caller.Id || caller.Kind == CallerKind.Ops)
            ? stored
            : null;

    /// <summary>The application, for work that goes on by itself.</summary>
    public async Task<StoredApplication?> FindAsync(string applicationId, CancellationToken cancellationToken) =>
        await FindRowAsync(applicationId, cancellationToken) is { } row
            ? new StoredApplication(Open(row), row.Answer, row.Request)
            : null;

    /// <summary>The application as it was understood on the day of acceptance, under the policy of that day.</summary>
    public ReadApplication Reread(StoredApplication stored)
    {
        var application = stored.Application;
        var policy = policies.Version(application.PolicyVersion);
        var request = vault.OpenJson<ApplicationRequest>(stored.Request);
        var form =
            new ApplicationFormReader(request, policy, application.AcceptedAt, new FaultList()).Read(wait: null)
            ?? throw new InvalidOperationException("A stored application cannot be understood under its own policy.");
        return new ReadApplication(application, form, policy);
    }

    /// <summary>The people whom a text that is added later must not name either.</summary>
    public PersonNames NamesIn(StoredApplication stored) =>
        BodyTexts.NamesOf(vault.OpenJson<ApplicationRequest>(stored.Request), ApiJson.For<ApplicationRequest>());

    protected override Application Open(ApplicationRow row) => Application.FromJson(row.Dossier);

    protected override void Put(ApplicationRow row, Application document)
    {
        row.Dossier = document.ToJson();
        row.Version = document.Version;
    }

    private static void SetTimer(UnitOfWork unit, Application application) =>
        unit.SetTimer(ApplicationTimers.Recheck, application.ApplicationId, application.WakeAt);
}

/// <summary>An application read from the database; the request stays sealed until it is needed.</summary>
internal sealed record StoredApplication(Application Application, byte[] Answer, ProtectedJson Request);

/// <summary>An application that can be worked on.</summary>
internal sealed record ReadApplication(Application Application, ApplicationForm Form, PolicyEdition Policy)
{
    public override string ToString() => nameof(ReadApplication);
}
