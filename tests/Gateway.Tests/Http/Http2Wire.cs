using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Integration.Gateway.Tests.Http;

/// <summary>One HTTP/2 request as frames written by hand, for what no client would send.</summary>
internal static class Http2Wire
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte GoAway = 7;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    /// <summary>Sends header fields as they are (the name ends at the second colon, or the first for ordinary fields).</summary>
    /// <returns>Status and body, or what refused it below the request: <c>reset</c> or <c>goaway</c>.</returns>
    public static async Task<string> SendAsync(
        int port,
        IEnumerable<(string Name, string Value)> fields,
        string? body = null
    )
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), patience.Token);
        await stream.WriteAsync(Frame(4, 0, 0, []), patience.Token);
        byte flags = body is null ? (byte)(EndHeaders | EndStream) : EndHeaders;
        await stream.WriteAsync(Frame(Headers, flags, 1, Block(fields)), patience.Token);
        if (body is not null)
        {
            await stream.WriteAsync(Frame(Data, EndStream, 1, Encoding.ASCII.GetBytes(body)), patience.Token);
        }

        return await AnswerAsync(stream, patience.Token);
    }

    private static async Task<string> AnswerAsync(NetworkStream stream, CancellationToken patience)
    {
        var answer = new StringBuilder();
        var head = new byte[9];
        while (true)
        {
            await stream.ReadExactlyAsync(head, patience);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await stream.ReadExactlyAsync(payload, patience);
            switch (head[3])
            {
                case Headers:
                    answer.Append(Status(payload)).Append(' ');
                    break;
                case Data:
                    answer.Append(Encoding.UTF8.GetString(payload));
                    break;
                case Reset:
                    return answer.Append("reset").ToString();
                case GoAway:
                    return answer.Append("goaway").ToString();
            }

            if (head[3] is Data or Headers && (head[4] & EndStream) != 0)
            {
                return answer.ToString();
            }
        }
    }

    /// <summary>The first field of a head: an entry of the static table, or its name from there and the digits.</summary>
    private static string Status(byte[] block)
    {
        var at = (block[0] & 0xE0) == 0x20 ? 1 : 0;
        return block[at] switch
        {
            0x88 => "200",
            0x8C => "400",
            0x8D => "404",
            0x8E => "500",
            var other => other.ToString("x2", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A block of header fields as they are.</summary>
    public static byte[] Block(IEnumerable<(string Name, string Value)> fields) =>
        [.. fields.SelectMany(field => (byte[])[0, .. Text(field.Name), .. Text(field.Value)])];

    private static byte[] Text(string text)
    {
        Assert.True(text.Length < 127);
        return [(byte)text.Length, .. Encoding.Latin1.GetBytes(text)];
    }

    /// <summary>One frame, of any content.</summary>
    public static byte[] Frame(byte type, byte flags, int streamId, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame, 9);
        return frame;
    }
}
