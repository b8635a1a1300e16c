using System.Net;

namespace Integration.Adapters.Http.Clients;

/// <summary>A complete answer body, within the size allowed.</summary>
internal sealed class AnswerContent(ReadOnlyMemory<byte> bytes) : HttpContent
{
    /// <summary>The bytes as received.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>The body of an answer that came through the <see cref="AnswerHandler"/>.</summary>
    public static ReadOnlyMemory<byte> Get(HttpResponseMessage answer) => Get(answer.Content);

    /// <inheritdoc cref="Get(HttpResponseMessage)" />
    public static ReadOnlyMemory<byte> Get(HttpContent content) =>
        content is AnswerContent answer
            ? answer.Bytes
            : throw new InvalidOperationException("The answer did not come through the AnswerHandler.");

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(Bytes).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = Bytes.Length;
        return true;
    }
}
