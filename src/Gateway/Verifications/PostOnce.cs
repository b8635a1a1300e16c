using System.Text;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Verifications;

/// <summary>How every POST of the flows enters: the body strictly read, then once for each idempotency key.</summary>
internal sealed class PostOnce(IdempotentRequests requests)
{
    /// <summary>Reads the body and lets the first request of a key through; a repetition gets the answer of the first.</summary>
    public async Task<Result<KeptAnswer>> Run<TBody, TCommand>(
        HttpContext http,
        CallerContext caller,
        Func<TBody, FaultList, TCommand?> understand,
        Func<TCommand, IdempotencyTicket, Task<Result<KeptAnswer>>> handle
    )
        where TBody : class
        where TCommand : class
    {
        var read = await StrictJson.Read(http.Request, ApiJson.Of<TBody>(), understand);
        if (!read.Succeeded(out var body, out var notValid))
        {
            return notValid;
        }

        var key = http.Request.Headers[IdempotentRequests.HeaderName];
        return await requests.Run(
            caller.Caller.Id,
            key.Count == 0 ? null : key.ToString(),
            $"{http.Request.Method} {http.Request.Path}",
            Encoding.ASCII.GetBytes(body.Sha256),
            ticket => handle(body.Value, ticket),
            http.RequestAborted
        );
    }
}
