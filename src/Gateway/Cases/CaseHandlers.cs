using System.Text.Json;
using Integration.Contracts;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Cases;

/// <summary>
/// Puts a milestone or a stop on record.
/// <code>
/// caller ──▶ case, grant ──▶ act (pure) ──▶ one commit: evidence, case, notices, timer, response ──▶ response
///              ▲                                     │
///              └───── another request was faster ◀───┘
/// </code>
/// </summary>
internal sealed class CaseHandlers(CaseAccess access, CaseStore store, CaseActors actors, EvidenceLog evidence)
{
    /// <summary>Whether the caller may report on the case now, for the first time or again; 404 also for a caller without a grant.</summary>
    public Task<Result<FoundCase>> CheckAsync(CallerContext caller, CaseName name) =>
        access.ToReportAsync(caller, name, CancellationToken.None);

    /// <summary>Handles one report.</summary>
    /// <param name="caller">Who reports.</param>
    /// <param name="granted">The case as it was read when the permission was judged; read again when it was changed since.</param>
    /// <param name="act">What is reported, given the case as it stands.</param>
    /// <param name="respond">What is answered, given the case afterwards.</param>
    /// <param name="ticket">Keeps the response for a repetition of the request.</param>
    /// <returns>The response; 404 also for a caller without a grant; 400 or 409 with what stands against it; 503 <c>evidence-unavailable</c>.</returns>
    public Task<Result<StoredResponse>> HandleAsync(
        CallerContext caller,
        FoundCase granted,
        Func<Case, CaseActor, Result<CaseChange>> act,
        Func<CaseChange, CaseActor, StoredResponse> respond,
        IdempotencyTicket ticket
    ) =>
        ConcurrencyRetry.RunAsync(async isFirst =>
        {
            var found = granted;
            if (!isFirst && !(await CheckAsync(caller, granted.Name)).Succeeded(out found, out var notFound))
            {
                return notFound;
            }

            var actor = actors.For(found.File, caller.Caller.Id);
            var acted = act(found.File, actor);
            if (!acted.Succeeded(out var change, out var refusal) || (!isFirst && change.Refusal is not null))
            {
                // After a lost race the first request may have been this one's twin: its stored response is looked for.
                return isFirst ? refusal! : Refusal.ChangedMeanwhile;
            }

            return await CommitAsync(found, change, actor, respond, ticket);
        });

    private Task<Result<StoredResponse>> CommitAsync(
        FoundCase found,
        CaseChange change,
        CaseActor actor,
        Func<CaseChange, CaseActor, StoredResponse> respond,
        IdempotencyTicket ticket
    )
    {
        var unit = UnitOfWork.From(CaseRecords.Create(found.File, change.Facts, actor.By, found.Grants));
        store.Replace(unit, found.File, change);
        if (change.Refusal is { } refusal)
        {
            return RefuseAsync(unit, refusal);
        }

        var response = respond(change, actor);
        unit.Store(ticket, response);
        return evidence.CommitAsync(unit, response);
    }

    /// <summary>That it was tried is on record before the refusal leaves.</summary>
    private async Task<Result<StoredResponse>> RefuseAsync(UnitOfWork unit, Refusal refusal) =>
        (await evidence.CommitAsync(unit, CancellationToken.None)).Succeeded(out _, out var notCommitted)
            ? refusal
            : notCommitted;

    public static StoredResponse Created<T>(T answer) =>
        StoredResponse.Created(JsonSerializer.SerializeToUtf8Bytes(answer, IntegrationJson.Options));

    public static StoredResponse Ok<T>(T answer) =>
        StoredResponse.Ok(JsonSerializer.SerializeToUtf8Bytes(answer, IntegrationJson.Options));
}
