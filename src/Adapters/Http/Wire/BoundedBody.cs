using System.Buffers;

namespace Integration.Adapters.Http.Wire;

/// <summary>Reads a body no further than a limit: neither its Content-Length nor what it would inflate to counts.</summary>
internal static class BoundedBody
{
    private const int FirstBytes = 4 * 1024;

    /// <summary>The whole body, or <see cref="WireFailure.TooLarge"/> as soon as it exceeds the limit.</summary>
    /// <param name="body">The body, decompressed.</param>
    /// <param name="limitBytes">The largest body allowed, bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The connection broke before the body was complete.</exception>
    public static async Task<WireRead<ReadOnlyMemory<byte>>> ReadAsync(
        Stream body,
        int limitBytes,
        CancellationToken cancellationToken
    )
    {
        var read = new ArrayBufferWriter<byte>(Math.Min(FirstBytes, limitBytes + 1));
        while (true)
        {
            var free = read.GetMemory();
            var room = Math.Min(free.Length, limitBytes + 1 - read.WrittenCount);
            var count = await body.ReadAsync(free[..room], cancellationToken);
            if (count == 0)
            {
                return read.WrittenMemory;
            }

            read.Advance(count);
            if (read.WrittenCount > limitBytes)
            {
                return WireFailure.TooLarge;
            }
        }
    }
}
