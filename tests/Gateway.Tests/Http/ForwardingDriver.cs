using System.Net;
using System.Net.Sockets;
using System.Text;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Http.Front;
using Integration.Gateway.Platform.Problems;
using Integration.Testing;
using Integration.Testing.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Integration.Gateway.Tests.Http;

/// <summary>
/// The platform on real listeners for HTTP/1.1 and HTTP/2, with YARP's own forwarder as it comes behind every address, and
/// the backend that records what gets through. Nothing but the front filter stands between.
/// </summary>
internal sealed class ForwardingDriver : IAsyncDisposable
{
    /// <summary>Below it bodies are read whole before anything is forwarded, as the sharing plane does; elsewhere they stream.</summary>
    public const string Whole = "/whole";

    private readonly ServiceHost _platform;
    private readonly HttpMessageInvoker _out;

    private ForwardingDriver(ServiceHost platform, RecordingBackend backend, HttpMessageInvoker way)
    {
        (_platform, Backend, _out) = (platform, backend, way);
    }

    public RecordingBackend Backend { get; }

    public ServiceHost Platform => _platform;

    /// <summary>HTTP/1.1.</summary>
    public int Port => new Uri(_platform.App.Urls.First()).Port;

    /// <summary>HTTP/2 with prior knowledge.</summary>
    public int Http2Port => new Uri(_platform.App.Urls.Last()).Port;

    public static async Task<ForwardingDriver> StartAsync(params (string Key, string Value)[] settings)
    {
        var backend = new RecordingBackend();
        var way = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var platform = await ServiceHost.StartHttpAsync(
            app =>
            {
                app.Map("/{**path}", (HttpContext context) => ForwardAsync(context, backend, way));
                app.Map($"{Whole}/{{**path}}", (HttpContext context) => ForwardWholeAsync(context, backend, way));
            },
            builder =>
            {
                builder.Services.AddHttpForwarder();
                builder.WebHost.ConfigureKestrel(Listen);
            },
            settings
        );
        return new ForwardingDriver(platform, backend, way);
    }

    /// <summary>Sends bytes as they are, in one piece, and returns all that comes back until the server closes.</summary>
    public Task<string> SendAsync(string request) => SendAsync(Encoding.Latin1.GetBytes(request));

    public async Task<string> SendAsync(params byte[][] pieces)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var stream = client.GetStream();
        foreach (var piece in pieces)
        {
            await stream.WriteAsync(piece);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        _out.Dispose();
        await Backend.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel)
    {
        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
    }

    private static async Task ForwardWholeAsync(HttpContext context, RecordingBackend backend, HttpMessageInvoker way)
    {
        var body =
            await RequestBytes.ReadAsync(context.Request, limit: 1024)
            ?? throw new InvalidOperationException("No test sends that much.");
        context.Request.Body = new MemoryStream(body.ToArray());
        await ForwardAsync(context, backend, way);
    }

    private static async Task ForwardAsync(HttpContext context, RecordingBackend backend, HttpMessageInvoker way)
    {
        context.Response.Headers["X-Canonical"] = context.GetCanonicalPath().Value;
        var forwarder = context.RequestServices.GetRequiredService<IHttpForwarder>();
        var error = await forwarder.SendAsync(context, backend.Address.ToString(), way);
        if (error != ForwarderError.None && context.BrokenBody() is { } rule && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await rule.Refusal.ToProblem().ExecuteAsync(context);
        }
    }
}
