using System.Security.Cryptography;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Clients;

/// <summary>
/// The last step before the wire: notes the digest of what is sent, reads the whole answer but never more than
/// allowed, notes its digest. No answer is decompressed: none was asked for compressed.
/// </summary>
internal sealed class AnswerHandler(int longestAnswer, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = AgencyCall.Get(request);
        call.Sent(Digest(await ReadBodyAsync(request, cancellationToken)));
        var answer = await base.SendAsync(request, cancellationToken);
        try
        {
            // A question that is put as a file has made something, though it changes nothing.
            var isRead = call.Operation.IsIdempotentRead && request.Method != HttpMethod.Put;
            var now = time.GetUtcNow();
            call.PausesUntil = now + AgencyFailures.PauseAfter(answer, now);
            var body = await ReadAsync(answer, isRead, cancellationToken);
            call.Answered(Digest(body.Span));
            answer.Content = Replace(answer.Content, body);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);

    private static string Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage answer,
        bool isRead,
        CancellationToken cancellationToken
    )
    {
        if (AgencyFailures.FromHead(answer, isRead) is { } refused)
        {
            throw new AgencyFaultException(refused);
        }

        var content = answer.Content;
        if (content.Headers.ContentLength > longestAnswer)
        {
            throw new AgencyFaultException(WireFailure.TooLarge);
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = await BoundedBody.ReadAsync(stream, longestAnswer, cancellationToken);
        return body.Succeeded(out var bytes, out var failure) ? bytes : throw new AgencyFaultException(failure);
    }

    private static AnswerContent Replace(HttpContent received, ReadOnlyMemory<byte> body)
    {
        var content = new AnswerContent(body);
        content.Headers.ContentType = received.Headers.ContentType;
        received.Dispose();
        return content;
    }
}
