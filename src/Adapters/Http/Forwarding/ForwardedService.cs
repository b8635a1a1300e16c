using System.Net;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Forwarding;

/// <summary>
/// One service of one agency: the dialect's envelope first, then the signature. The signer is the one that signs the
/// adapters' own questions, or one of the same kind on the same key.
/// </summary>
/// <param name="signer">Signs; null when the envelope alone proves who asks.</param>
/// <param name="wrap">Puts the body and what the signer needs to know into the request, or says what is wrong with it.</param>
internal sealed class ForwardedService(
    IDialectSigner? signer,
    Func<HttpRequestMessage, ForwardedQuestion, AgencyFailure?> wrap
) : IForwardedService
{
    public async ValueTask<AgencyFailure?> SignAsync(
        HttpRequestMessage request,
        ForwardedQuestion question,
        CancellationToken cancellationToken
    )
    {
        if (wrap(request, question) is { } refused)
        {
            return refused;
        }

        try
        {
            await (signer?.SignAsync(request, cancellationToken) ?? ValueTask.CompletedTask);
            return null;
        }
        catch (AgencyFaultException fault)
        {
            return fault.Failure;
        }
    }

    public bool RefusedKey(HttpRequestMessage request, int status, ReadOnlyMemory<byte> answer) =>
        signer?.RefusedKey(request, (HttpStatusCode)status, answer) == true;
}
