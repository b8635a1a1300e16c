using Integration.Gateway.Callers;
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
    public async Task Handle(HttpContext http, RequestDelegate forward)
    {
        var asked = await Understand(http);
        if (!asked.Succeeded(out var call, out var refusal))
        {
            await Refuse(http, refusal);
            return;
        }

        // 3 limits of the operation
        using var place = await gates.Enter(call, http.RequestAborted);
        if (place.Refusal is { } full)
        {
            await Refuse(http, full);
            return;
        }

        http.Features.Set(call);
        var answer = await Once(call, ticket => Forward(http, call, forward, ticket), http.RequestAborted);
        await Answer(http, call, await Repeated(call, answer));
    }

    private async Task<Result<ShareCall>> Understand(HttpContext http)
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
            !(await ShareQuestion.Read(http.Request, operation, values, now)).Succeeded(
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
                fields.Of(caller, operation, granted),
                time
            )
            : notGranted;
    }

    // 4 once for each key
    private Task<Result<KeptAnswer>> Once(
        ShareCall call,
        Func<IdempotencyTicket, Task<Result<KeptAnswer>>> forward,
        CancellationToken cancellationToken
    ) =>
        requests.Run(
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

    private async Task<Result<KeptAnswer>> Forward(
        HttpContext http,
        ShareCall call,
        RequestDelegate forward,
        IdempotencyTicket ticket
    )
    {
        call.IsFirst = true;
        if (!call.Operation.Entry.Repeatable)
        {
            // What has an effect is on record before it is sent, seen to its end, and kept, whoever waits.
            if (!(await evidence.Asking(call)).Succeeded(out _, out var notSent))
            {
                return notSent;
            }

            http.RequestAborted = CancellationToken.None;
        }

        // 5 attempts
        var received = await attempts.Run(http, call, forward);

        // 6 on record
        switch (received)
        {
            case Received.Held held:
                var kept = new KeptAnswer((int)call.Status!, held.Body);
                var keep = call.Operation.Entry.Repeatable ? ticket.Keep(kept) : ticket.KeepEffect(kept);
                var seal = await evidence.Answered(call, held.Body, keep);
                return seal.Succeeded(out var evidenced, out var unavailable)
                    ? evidenced.Release(kept).Answer
                    : ShareRefusals.NotOnRecord(call, unavailable);
            case Received.Streamed streamed:
                var end = await evidence.Ended(call, streamed);
                call.IsWhole = streamed.IsComplete && end.Succeeded(out _, out _);
                return new KeptAnswer((int)call.Status!, []); // all of it has left, or it was cut off
            case Received.Withheld withheld:
                return withheld.Refusal;
            case Received.Failed failed:
                var record = await evidence.Unanswered(call, failed.Reason);
                return record.Succeeded(out _, out var notSealed)
                    ? ShareRefusals.Of(call, failed)
                    : ShareRefusals.NotOnRecord(call, notSealed);
            case Received.Abandoned:
                _ = await evidence.Abandoned(call);
                throw new OperationCanceledException(http.RequestAborted);
            default:
                throw new InvalidOperationException($"{received} is no end of a request.");
        }
    }

    /// <summary>Handing a kept answer on once more is on record as well.</summary>
    private async Task<Result<KeptAnswer>> Repeated(ShareCall call, Result<KeptAnswer> answer) =>
        call.IsFirst || !answer.Succeeded(out var kept, out _) ? answer
        : (await evidence.Repeated(call, kept.Body)).Succeeded(out var evidenced, out var unavailable)
            ? evidenced.Release(kept).Answer
        : unavailable;

    // 7 answer
    private static Task Answer(HttpContext http, ShareCall call, Result<KeptAnswer> answer)
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
            return Refuse(http, refusal, call.IsOnRecord ? call.EvidenceId : null);
        }

        ShareResponse.Open(http, call, kept);
        return http.Response.Body.WriteAsync(kept.Body, http.RequestAborted).AsTask();
    }

    private static Task Refuse(HttpContext http, Refusal refusal, string? evidenceId = null)
    {
        http.Response.Clear();
        if (evidenceId is not null)
        {
            http.Response.Headers[ShareResponse.EvidenceHeader] = evidenceId;
        }

        return refusal.ToProblem().ExecuteAsync(http);
    }
}
