using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Answering;
using Integration.Gateway.Sharing.Catalogue;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// Forwards one request to one agency.
/// <code>
/// caller ──(1)──▶ operation of the catalogue ──(2)──▶ question ──(3)──▶ grant, limits of the operation
///                                                                        │ (4) once for each idempotency key
///                 agency ◀──signature──  forwarder  ◀──(5) attempts──────┤
///                   │                                                    │
///                   └──▶ field filter ──▶ held or streaming ──▶ (6) on record ──▶ (7) answer
/// </code>
/// No evidence, no answer; nothing leaves that no grant names.
/// </summary>
internal sealed class ShareHandler(
    CatalogueDirectory catalogues,
    GrantedFields fields,
    OperationGates gates,
    IdempotentRequests requests,
    ForwardAttempts attempts,
    SharedEvidence evidence,
    TimeProvider time
)
{
    public async Task HandleAsync(HttpContext http, RequestDelegate forward)
    {
        var asked = await UnderstandAsync(http);
        if (!asked.Succeeded(out var call, out var refusal))
        {
            await RefuseAsync(http, refusal);
            return;
        }

        // 3 limits of the operation
        using var place = await gates.EnterAsync(call, http.RequestAborted);
        if (place.Refusal is { } full)
        {
            await RefuseAsync(http, full);
            return;
        }

        http.Features.Set(call);
        var answer = await OnceAsync(call, ticket => ForwardAsync(http, call, forward, ticket), http.RequestAborted);
        await AnswerAsync(http, call, await RepeatedAsync(call, answer));
    }

    private async Task<Result<ShareCall>> UnderstandAsync(HttpContext http)
    {
        // 1 operation
        var now = time.GetUtcNow();
        var catalogue = catalogues.Current;
        if (catalogue.Match(http.GetCanonicalPath(), http.Request.Method) is not var (operation, values))
        {
            return Refusal.NotFound("This shared resource");
        }

        // The catalogue may have changed since the request was routed: what is signed for one agency never goes to another.
        if (http.GetReverseProxyFeature().Route.Config.ClusterId != operation.Agency.Name)
        {
            return Refusal.Unavailable;
        }

        // 2 question
        if (
            !(await ShareQuestion.ReadAsync(http.Request, operation, values, now)).Succeeded(
                out var question,
                out var invalid
            )
        )
        {
            return invalid;
        }

        // 3 grant
        var caller = http.GetCaller();
        return GrantedFields.Check(caller, operation, question, now).Succeeded(out var granted, out var notGranted)
            ? new ShareCall(
                operation,
                catalogue.Version,
                question,
                granted,
                fields.For(caller, operation, granted),
                time
            )
            : notGranted;
    }

    // 4 once for each key
    private Task<Result<StoredResponse>> OnceAsync(
        ShareCall call,
        Func<IdempotencyTicket, Task<Result<StoredResponse>>> forward,
        CancellationToken cancellationToken
    ) =>
        requests.RunAsync(
            new IdempotentRequest(
                call.Granted.Caller.Id,
                call.Question.Key,
                $"{call.Question.Method} {call.Operation.Name} {call.Question.Path}{call.Question.Query}",
                call.Question.Body
            ),
            () => Task.FromResult<Result<GrantedRequest>>(call.Granted),
            (_, ticket) => forward(ticket),
            cancellationToken
        );

    private async Task<Result<StoredResponse>> ForwardAsync(
        HttpContext http,
        ShareCall call,
        RequestDelegate forward,
        IdempotencyTicket ticket
    )
    {
        if (await evidence.FindRefusalAsync() is { } closed)
        {
            return closed;
        }

        call.IsFirst = true;
        if (!call.Operation.Entry.Repeatable)
        {
            // What has an effect is on record before it is sent, seen to its end, and kept, even when the caller has gone.
            if (!(await evidence.AskingAsync(call)).Succeeded(out _, out var notSent))
            {
                return notSent;
            }

            http.RequestAborted = CancellationToken.None;
        }

        // 5 attempts
        var received = await attempts.RunAsync(http, call, forward);

        // 6 on record
        switch (received)
        {
            case Received.Held held:
                var kept = new StoredResponse((int)call.Status!, held.Body);
                var unit = new UnitOfWork();
                if (call.Operation.Entry.Repeatable)
                {
                    unit.Store(ticket, kept);
                }
                else
                {
                    unit.StoreEffect(ticket, kept);
                }

                var seal = await evidence.AnsweredAsync(call, held.Body, unit);
                return seal.Succeeded(out var evidenced, out var unavailable)
                    ? evidenced.Release(kept).Answer
                    : ShareRefusals.NotOnRecord(call, unavailable);
            case Received.Streamed streamed:
                var end = await evidence.EndedAsync(call, streamed);
                call.IsWhole = streamed.IsComplete && end.Succeeded(out _, out _);
                return new StoredResponse((int)call.Status!, []); // all of it has left, or it was cut off
            case Received.Withheld withheld:
                return withheld.Refusal;
            case Received.Failed failed:
                var record = await evidence.UnansweredAsync(call, failed.Reason);
                return record.Succeeded(out _, out var notSealed)
                    ? ShareRefusals.From(call, failed)
                    : ShareRefusals.NotOnRecord(call, notSealed);
            case Received.Abandoned:
                _ = await evidence.AbandonedAsync(call);
                throw new OperationCanceledException(http.RequestAborted);
            default:
                throw new InvalidOperationException($"{received} is no end of a request.");
        }
    }

    /// <summary>Handing a kept answer on once more is on record as well.</summary>
    private async Task<Result<StoredResponse>> RepeatedAsync(ShareCall call, Result<StoredResponse> answer) =>
        call.IsFirst || !answer.Succeeded(out var kept, out _) ? answer
        : (await evidence.RepeatedAsync(call, kept.Body)).Succeeded(out var evidenced, out var unavailable)
            ? evidenced.Release(kept).Answer
        : unavailable;

    // 7 answer
    private static Task AnswerAsync(HttpContext http, ShareCall call, Result<StoredResponse> answer)
    {
        if (call.HasBegun)
        {
            if (!call.IsWhole)
            {
                http.Abort(); // an answer that broke off, or whose end is not on record, must not look like a whole one
            }

            return Task.CompletedTask;
        }

        if (!answer.Succeeded(out var kept, out var refusal))
        {
            return RefuseAsync(http, refusal, call.IsOnRecord ? call.EvidenceId : null);
        }

        ShareResponse.Open(http, call, kept);
        return http.Response.Body.WriteAsync(kept.Body, http.RequestAborted).AsTask();
    }

    private static Task RefuseAsync(HttpContext http, Refusal refusal, string? evidenceId = null)
    {
        http.Response.Clear();
        if (evidenceId is not null)
        {
            http.Response.Headers[ShareResponse.EvidenceHeader] = evidenceId;
        }

        return refusal.ToProblem().ExecuteAsync(http);
    }
}
