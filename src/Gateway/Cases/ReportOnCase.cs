using System.Text.Json;
using Integration.Contracts;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Cases;

/// <summary>
/// Puts a milestone or a stop on record.
/// <code>
/// caller ──▶ case, grant ──▶ act (pure) ──▶ one commit: evidence, case, notices, timer, kept answer ──▶ answer
///              ▲                                     │
///              └───── somebody was faster: again ◀───┘
/// </code>
/// </summary>
internal sealed class ReportOnCase(CaseDesk desk, CaseBook book, CaseActors actors, EvidenceLog evidence)
{
    private const int Attempts = 5;

    /// <summary>Whether the caller may report on the case now, for the first time or again; 404 also for a caller without a grant.</summary>
    public Task<Result<FoundCase>> Check(CallerContext caller, CaseName name) =>
        desk.ToReport(caller, name, CancellationToken.None);

    /// <summary>Handles one report.</summary>
    /// <param name="caller">Who reports.</param>
    /// <param name="name">The case.</param>
    /// <param name="act">What is reported, given the case as it stands.</param>
    /// <param name="answer">What is answered, given the case afterwards.</param>
    /// <param name="ticket">Keeps the answer for a repetition of the request.</param>
    /// <returns>The answer; 404 also for a caller without a grant; 400 or 409 with what stands against it; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<KeptAnswer>> Handle(
        CallerContext caller,
        CaseName name,
        Func<CaseFile, CaseActor, Result<CaseChange>> act,
        Func<CaseChange, CaseActor, KeptAnswer> answer,
        IdempotencyTicket ticket
    )
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!(await desk.ToReport(caller, name, CancellationToken.None)).Succeeded(out var found, out var notFound))
            {
                return notFound;
            }

            var actor = actors.Of(found.File, caller.Caller.Id);
            var acted = act(found.File, actor);
            if (!acted.Succeeded(out var change, out var refusal) || (attempt > 0 && change.Refusal is not null))
            {
                // After a lost race the first request may have been this one's twin: its kept answer is looked for.
                return attempt > 0 ? Refusal.Overtaken : refusal!;
            }

            var kept = change.Refusal is null ? answer(change, actor) : null;
            var drafts = CaseRecords.Of(found.File, change.Facts, actor.By, found.Grants);
            var alongside = book.Replace(found.File, change) + (kept is null ? null : ticket.Keep(kept));
            var sealing = await evidence.Seal(drafts, alongside, CancellationToken.None);
            if (sealing.Succeeded(out var evidenced, out var notSealed))
            {
                return kept is null ? change.Refusal! : evidenced.Release(kept).Answer;
            }

            if (!ReferenceEquals(notSealed, Refusal.Overtaken))
            {
                return notSealed;
            }
        }

        return Refusal.Overtaken;
    }

    public static KeptAnswer Created<T>(T answer) =>
        KeptAnswer.Created(JsonSerializer.SerializeToUtf8Bytes(answer, IntegrationJson.Options));

    public static KeptAnswer Ok<T>(T answer) =>
        KeptAnswer.Ok(JsonSerializer.SerializeToUtf8Bytes(answer, IntegrationJson.Options));
}
