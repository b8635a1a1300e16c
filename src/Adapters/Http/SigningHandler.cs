namespace Integration.Adapters.Http;

/// <summary>Signs each attempt in the agency's dialect, and once more when the agency refused the key.</summary>
internal sealed class SigningHandler(IDialectSigner signer) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await SendSigned(request, cancellationToken);
        if (signer.RefusedKey(request, answer.StatusCode, AnswerContent.Of(answer)))
        {
            answer.Dispose();
            answer = await SendSigned(request, cancellationToken);
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

    private async Task<HttpResponseMessage> SendSigned(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = AgencyCall.Of(request);
        call.AwaitsKey = true;
        await signer.Sign(request, cancellationToken);
        call.AwaitsKey = false;
        return await base.SendAsync(request, cancellationToken);
    }
}
