using Integration.Gateway.Platform.Http.Front;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http;

/// <summary>
/// On HTTP/2: who does not take an answer at <see cref="GatewayHttpOptions.MinBytesPerSecond"/>, after <see cref="Grace"/>, loses
/// the connection, as on HTTP/1. There Kestrel does it. On HTTP/2 Kestrel starts its clock anew with every frame that it sends,
/// so that a PING now and then, or a window opened by a byte, holds an answer for ever.
/// <code>
///  endpoint writes ──▶ the server's buffer is full: the write is timed (PacedStream)
///  endpoint is done ──▶ what the server still holds is timed until the last frame has left (AnswersOwed)
/// </code>
/// </summary>
internal sealed class ReaderPace(RequestDelegate next, IOptions<GatewayHttpOptions> options, TimeProvider time)
{
    /// <summary>So long no reader is too slow.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of an answer that the server keeps for its reader; also set as its limit.</summary>
    public const int LargestBuffer = 64 * 1024;

    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<IHttp2StreamIdFeature>() is { } stream && context.Features.Get<AnswersOwed>() is { } owed
            ? PaceAsync(context, stream.StreamId, owed)
            : next(context);

    private async Task PaceAsync(HttpContext context, int stream, AnswersOwed owed)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var timed = new PacedStream(body.Stream, Longest, time, owed.Cut);
        var paced = new PacedBody(timed, body);
        context.Features.Set<IHttpResponseBodyFeature>(paced);
        try
        {
            await next(context);
            await paced.FinishAsync();
        }
        finally
        {
            context.Features.Set(body);
            owed.Expect(stream, Longest(timed.Written));
        }
    }

    /// <summary>How long the server's buffer may last after so many bytes were written.</summary>
    private TimeSpan Longest(long written) =>
        Grace + TimeSpan.FromSeconds((double)Math.Min(written, LargestBuffer) / options.Value.MinBytesPerSecond);
}
