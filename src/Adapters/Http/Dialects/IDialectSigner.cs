using System.Net;

namespace Integration.Adapters.Http.Dialects;

/// <summary>
/// How one dialect proves who is asking. One instance per agency, used by many calls at once. Each attempt is signed
/// afresh, so time stamps and nonces are never sent twice.
/// </summary>
internal interface IDialectSigner
{
    /// <summary>Signs this attempt; waits for a call key where the dialect has one.</summary>
    /// <exception cref="AgencyFaultException">The key could not be had.</exception>
    ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the answer says that the key this request was signed with is no longer accepted. The dialect then has
    /// dropped that key, and the request is signed and sent exactly once more.
    /// </summary>
    /// <param name="request">The attempt as it was signed.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="answer">Its body; empty when it is longer than any refusal.</param>
    bool RefusedKey(HttpRequestMessage request, HttpStatusCode status, ReadOnlyMemory<byte> answer) => false;

    /// <summary>Takes the dialect's own envelope off an answer, where the dialect has one.</summary>
    /// <exception cref="AgencyFaultException">The envelope says that the call failed.</exception>
    void Open(HttpRequestMessage request, HttpResponseMessage answer) { }
}
