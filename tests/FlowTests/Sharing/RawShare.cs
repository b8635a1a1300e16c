using System.Net.Sockets;
using System.Text;
using Integration.Testing;
using Ask = Integration.Testing.Drivers.Sharing;

namespace Integration.FlowTests.Sharing;

/// <summary>Requests written byte by byte, and answers read as they came.</summary>
internal static class RawShare
{
    /// <summary>The whole answer to a request with a token and the usual headers, over a connection of its own.</summary>
    /// <param name="host">The gateway.</param>
    /// <param name="line">Method and target.</param>
    /// <param name="body">The body; empty for none.</param>
    /// <param name="token">The access token; null: a good one.</param>
    /// <param name="hostName">The Host header; null: the right one.</param>
    /// <param name="headers">Further header lines.</param>
    public static async Task<string> RawAsync(
        this IntegrationHost host,
        string line,
        string body = "",
        string? token = null,
        string? hostName = null,
        params string[] headers
    )
    {
        var head = new StringBuilder()
            .Append($"{line} HTTP/1.1\r\nHost: {hostName ?? host.Gateway.Authority}\r\nConnection: close\r\n")
            .Append($"Authorization: Bearer {token ?? await host.Hall.TokenAsync()}\r\n");
        foreach (var (name, value) in Ask.Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        foreach (var header in headers)
        {
            head.Append($"{header}\r\n");
        }

        if (body.Length > 0)
        {
            head.Append($"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        }

        using var socket = new TcpClient();
        await socket.ConnectAsync(host.Gateway.Host, host.Gateway.Port);
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{head}\r\n{body}"));
        using var reader = new StreamReader(socket.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Status of an answer.</summary>
    public static int Status(string answer) =>
        int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
}
