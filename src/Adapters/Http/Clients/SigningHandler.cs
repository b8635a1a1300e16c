using Integration.Adapters.Http.Dialects;

namespace Integration.Adapters.Http.Clients;

/// <summary>Signs each attempt in the agency's dialect, and once more when the agency refused the key.</summary>
internal sealed class SigningHandler(IDialectSigner signer) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await SendSignedAsync(request, cancellationToken);
        if (signer.RefusedKey(request, answer.StatusCode, AnswerContent.Get(answer)))
        {
            answer.Dispose();
            answer = await SendSignedAsync(request, cancellationToken);
        }

        try
        {
            signer.Open(request, answer);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendSignedAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = AgencyCall.Get(request);
        call.AwaitsKey = true;
        await signer.SignAsync(request, cancellationToken);
        call.AwaitsKey = false;
        return await base.SendAsync(request, cancellationToken);
    }
}
