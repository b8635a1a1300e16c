using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Integration.Gateway.Platform.Http;

/// <summary>The body of an answer, each write of which is timed by a <see cref="PacedStream"/>.</summary>
internal sealed class PacedBody(PacedStream stream, IHttpResponseBodyFeature server) : IHttpResponseBodyFeature
{
    private PipeWriter? _writer;

    public Stream Stream => stream;

    public PipeWriter Writer => _writer ??= PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

    public void DisableBuffering() => server.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => server.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(stream, path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await FinishAsync();
        await server.CompleteAsync();
    }

    /// <summary>Hands over what was written and not flushed.</summary>
    public async Task FinishAsync()
    {
        if (_writer is { } writer)
        {
            await writer.CompleteAsync();
        }
    }
}
