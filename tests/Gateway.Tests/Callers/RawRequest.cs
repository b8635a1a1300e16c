using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Integration.Gateway.Tests.Callers;

/// <summary>A request as bytes, for what HttpClient would not send.</summary>
internal static class RawRequest
{
    public static async Task<int> StatusAsync(Uri address, string path, params string[] authorization)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var request = new StringBuilder($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n");
        foreach (var value in authorization)
        {
            request.Append(CultureInfo.InvariantCulture, $"Authorization: {value}\r\n");
        }

        request.Append("\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        return int.Parse(status!.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
