using System.Security.Cryptography;

namespace Integration.Adapters.Http;

/// <summary>
/// The last step before the wire: notes the digest of what is sent, reads the whole answer but never more than
/// allowed, notes its digest. No answer is decompressed: none was asked for compressed.
/// </summary>
internal sealed class AnswerHandler(int longestAnswer) : DelegatingHandler
{
    private const int FirstBuffer = 4096;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = AgencyCall.Of(request);
        call.Sent(Digest(await BodyOf(request, cancellationToken)));
        var answer = await base.SendAsync(request, cancellationToken);
        try
        {
            var body = await Read(answer.Content, cancellationToken);
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

    private static async Task<byte[]> BodyOf(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);

    private static string Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    private async Task<ReadOnlyMemory<byte>> Read(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentEncoding.Count > 0)
        {
            throw AgencyFaultException.Unreadable("content-encoding");
        }

        if (content.Headers.ContentLength > longestAnswer)
        {
            throw new AgencyFaultException(Failures.TooLarge);
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[(int)Math.Min(content.Headers.ContentLength ?? FirstBuffer, longestAnswer) + 1];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length > longestAnswer)
            {
                throw new AgencyFaultException(Failures.TooLarge);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, longestAnswer + 1));
            }
        }

        return buffer.AsMemory(0, length);
    }

    private static AnswerContent Replace(HttpContent received, ReadOnlyMemory<byte> body)
    {
        var content = new AnswerContent(body);
        content.Headers.ContentType = received.Headers.ContentType;
        received.Dispose();
        return content;
    }
}
