using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Audit;

/// <summary>
/// Who did what to the gateway, and when. A record is committed before the thing takes effect, or together with the rows
/// that make it take effect; what cannot be recorded is not done.
/// </summary>
internal sealed partial class AuditTrail(
    IDbContextFactory<GatewayDb> factory,
    IOptions<TelemetryOptions> telemetry,
    TimeProvider time,
    ILogger<AuditTrail> logger
)
{
    private readonly string _node = telemetry.Value.Node ?? Environment.MachineName;

    /// <summary>Commits a record.</summary>
    /// <param name="entry">What is about to be done.</param>
    /// <param name="cancellationToken">Before the commit: nothing is recorded.</param>
    /// <returns>The record's number: go on. <see cref="Refusal.Unavailable"/>: the database cannot take it, so do nothing.</returns>
    public Task<Result<string>> RecordAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        CommitAsync(entry, alongside: null, cancellationToken);

    /// <summary>Commits a record together with rows that belong to it.</summary>
    /// <param name="entry">What is about to be done.</param>
    /// <param name="alongside">What is written in the same transaction.</param>
    /// <param name="cancellationToken">Before the commit: nothing is recorded.</param>
    /// <returns>
    /// The record's number: go on. <see cref="Refusal.Unavailable"/>: the database cannot take it, so do nothing.
    /// <see cref="Refusal.ConcurrencyConflict"/>: another request changed the same rows.
    /// </returns>
    public Task<Result<string>> RecordAsync(
        AuditEntry entry,
        IRowWrite alongside,
        CancellationToken cancellationToken
    ) => CommitAsync(entry, alongside, cancellationToken);

    /// <summary>A transaction of its own: it carries no evidence, and a record must be possible before the evidence writer runs.</summary>
    private async Task<Result<string>> CommitAsync(
        AuditEntry entry,
        IRowWrite? alongside,
        CancellationToken cancellationToken
    )
    {
        var row = RowOf(entry);
        try
        {
            await using var db = await factory.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            alongside?.WriteTo(db);
            db.Add(row);
            await db.SaveChangesAsync(cancellationToken);
            db.WriteAppended();
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Overtaken)
        {
            return Refusal.ConcurrencyConflict;
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Unavailable)
        {
            Log.AuditUnavailable(logger, entry.Action, reason.GetType().Name);
            return Refusal.Unavailable;
        }

        Log.Audited(logger, row.AuditId, entry.Actor, entry.Action, entry.Subject, entry.Outcome.ToString());
        return row.AuditId;
    }

    private AuditRow RowOf(AuditEntry entry) =>
        new()
        {
            AuditId = Identifiers.New("aud", time),
            At = time.GetUtcNow(),
            Node = _node,
            Actor = entry.Actor,
            Action = entry.Action,
            Subject = entry.Subject,
            Outcome = entry.Outcome,
            Detail = entry.Detail,
        };

    private static partial class Log
    {
        [LoggerMessage(1700, LogLevel.Information, "Audit {AuditId}: {Actor} {Action} {Subject}: {Outcome}")]
        public static partial void Audited(
            ILogger logger,
            string auditId,
            string actor,
            string action,
            string subject,
            string outcome
        );

        [LoggerMessage(1701, LogLevel.Error, "{Action} was not done: it cannot be put on record ({Reason}).")]
        public static partial void AuditUnavailable(ILogger logger, string action, string reason);
    }
}
