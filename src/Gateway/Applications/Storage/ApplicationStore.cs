using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Planning;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Recording;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Applications.Storage;

/// <summary>
/// Keeps applications. Rows are made here and written within the transaction of the evidence; the timer that wakes the
/// application is part of the same transaction.
/// </summary>
internal sealed class ApplicationStore(
    IDbContextFactory<GatewayDb> factory,
    PersonalDataVault vault,
    PolicyBook policies
)
{
    /// <summary>Stores a new application.</summary>
    public Action<GatewayDb> Opened(
        Dossier dossier,
        KeptAnswer answer,
        ApplicationRequest asSent,
        ApplicationPlan plan,
        GrantedRequest granted
    )
    {
        var request = vault.SealJson(asSent);
        var subjects = Subjects.Rows(plan.Checks, granted, dossier.ApplicationId, vault, dossier.AcceptedAt);
        return db =>
        {
            db.Add(
                new ApplicationRow
                {
                    ApplicationId = dossier.ApplicationId,
                    CaseId = dossier.CaseId,
                    CallerId = dossier.CallerId,
                    AcceptedAt = dossier.AcceptedAt,
                    Request = request,
                    Dossier = dossier.ToJson(),
                    Answer = answer.Body,
                    Version = dossier.Version,
                }
            );
            db.AppendRange(subjects);
            SetTimer(db, dossier);
        };
    }

    /// <summary>Stores a changed application, unless somebody changed the version it was made from.</summary>
    /// <param name="dossier">The next version.</param>
    /// <param name="answer">The answer as it is sent; null when there is none.</param>
    /// <param name="withdrawalReason">Why it was taken back; sealed here.</param>
    public Action<GatewayDb> Changed(Dossier dossier, KeptAnswer? answer, string? withdrawalReason = null)
    {
        var reason = withdrawalReason is null ? null : vault.Seal(withdrawalReason);
        return db =>
        {
            var row =
                db.Find<ApplicationRow>(dossier.ApplicationId)
                ?? throw new InvalidOperationException("An application is never deleted while it is worked on.");
            db.Entry(row).Property(stored => stored.Version).OriginalValue = dossier.Version - 1;
            row.Version = dossier.Version;
            row.Dossier = dossier.ToJson();
            row.Answer = answer?.Body ?? row.Answer;
            row.WithdrawalReason = reason ?? row.WithdrawalReason;
            SetTimer(db, dossier);
        };
    }

    /// <summary>The application, or null: unknown, or somebody else's.</summary>
    public async Task<StoredApplication?> Find(
        string applicationId,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        await Find(applicationId, cancellationToken) is { } stored
        && (stored.Dossier.CallerId == caller.Id || caller.Kind == CallerKind.Ops)
            ? stored
            : null;

    /// <summary>The application, for work that goes on by itself.</summary>
    public async Task<StoredApplication?> Find(string applicationId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<ApplicationRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.ApplicationId == applicationId, cancellationToken);
        return row is null ? null : new StoredApplication(Dossier.FromJson(row.Dossier), row.Answer, row.Request);
    }

    /// <summary>Stores a change that needs no evidence: nobody was asked and nothing decided.</summary>
    public async Task Save(Dossier dossier, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        Changed(dossier, answer: null)(db);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The application as it was understood on the day of acceptance, under the policy of that day.</summary>
    public ReadApplication Reread(StoredApplication stored)
    {
        var policy = policies.Version(stored.Dossier.PolicyVersion);
        var request = vault.OpenJson<ApplicationRequest>(stored.Request);
        var form =
            new FormReader(request, policy, stored.Dossier.AcceptedAt, new FaultList()).Read(wait: null)
            ?? throw new InvalidOperationException("A stored application cannot be understood under its own policy.");
        return new ReadApplication(stored.Dossier, form, policy);
    }

    /// <summary>The people whom a text that is added later must not name either.</summary>
    public PersonNames NamesIn(StoredApplication stored) =>
        BodyTexts.NamesOf(vault.OpenJson<ApplicationRequest>(stored.Request), ApiJson.Of<ApplicationRequest>());

    private static void SetTimer(GatewayDb db, Dossier dossier)
    {
        if (dossier.WakeAt is { } moment)
        {
            DurableTimer.Schedule(db, RecheckHandler.TimerKind, dossier.ApplicationId, moment);
        }
        else
        {
            DurableTimer.Cancel(db, RecheckHandler.TimerKind, dossier.ApplicationId);
        }
    }
}

/// <summary>An application read from the database; the request stays sealed until it is needed.</summary>
internal sealed record StoredApplication(Dossier Dossier, byte[] Answer, ProtectedJson Request);

/// <summary>An application that can be worked on.</summary>
internal sealed record ReadApplication(Dossier Dossier, ApplicationForm Form, PolicyEdition Policy)
{
    public override string ToString() => nameof(ReadApplication);
}
