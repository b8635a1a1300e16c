using System.Text;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Integration.Gateway.Callers;

/// <summary>
/// How every POST enters: the body strictly read, the caller judged, then once for each <c>Idempotency-Key</c>. A POST that
/// does not enter here has to say so in its description (<see cref="Platform.OpenApi.NamesItself"/>).
/// </summary>
internal sealed class IdempotentEndpoint(IdempotentRequests requests)
{
    /// <summary>Reads the body and lets the first request of a key through; a repetition gets the answer of the first.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who sends it.</param>
    /// <param name="understand">The command, or null and every fault in the list.</param>
    /// <param name="judge">Whether the caller may have now what the command asks for, for the first time or again.</param>
    /// <param name="handle">Does it, under the permission.</param>
    public async Task<Result<StoredResponse>> RunAsync<TBody, TCommand, TPermission>(
        HttpContext http,
        CallerContext caller,
        Func<TBody, FaultList, TCommand?> understand,
        Func<TCommand, Task<Result<TPermission>>> judge,
        Func<TPermission, TCommand, IdempotencyTicket, Task<Result<StoredResponse>>> handle
    )
        where TBody : class
        where TCommand : class
        where TPermission : IPermission
    {
        var read = await StrictJson.ReadAsync(http.Request, ApiJson.For<TBody>(), understand);
        return read.Succeeded(out var body, out var notValid)
            ? await requests.RunAsync(
                RequestOf(http, caller, Encoding.ASCII.GetBytes(body.Sha256)),
                () => judge(body.Value),
                (permission, ticket) => handle(permission, body.Value, ticket),
                http.RequestAborted
            )
            : notValid;
    }

    /// <summary>The same for a POST that needs no body; one that is sent belongs to the key all the same.</summary>
    public async Task<Result<StoredResponse>> RunAsync<TPermission>(
        HttpContext http,
        CallerContext caller,
        Func<Task<Result<TPermission>>> judge,
        Func<TPermission, IdempotencyTicket, Task<Result<StoredResponse>>> handle
    )
        where TPermission : IPermission
    {
        var limit =
            http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? StrictJson.DefaultMaxBytes;
        return await RequestBytes.ReadAsync(http.Request, limit) is { } body
            ? await requests.RunAsync(RequestOf(http, caller, body), judge, handle, http.RequestAborted)
            : Refusal.BodyTooLarge(limit);
    }

    private static IdempotentRequest RequestOf(HttpContext http, CallerContext caller, ReadOnlyMemory<byte> body) =>
        new(
            caller.Caller.Id,
            http.Request.Headers[IdempotentRequests.HeaderName] is { Count: > 0 } key ? key.ToString() : null,
            $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}",
            body
        );
}
