using System.Globalization;
using System.Text;
using Integration.Sandbox.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests.Http;

/// <summary>
/// An exchange platform whose services answer what a test wants, byte by byte: for answers no honest agency gives.
/// Signatures are the strict sandbox's business.
/// </summary>
internal sealed class StubPlatform : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;
    private int _refreshes;

    private StubPlatform(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public int Calls => Volatile.Read(ref _calls);

    public int Refreshes => Volatile.Read(ref _refreshes);

    /// <summary>How the services answer.</summary>
    public Func<HttpContext, byte[], Task> Service { get; set; } =
        (http, _) => AnswerAsync(http, "application/json", """{"code":"2000","msg":"","data":[]}""");

    /// <summary>Held until a test lets refreshes pass.</summary>
    public Task RefreshGate { get; set; } = Task.CompletedTask;

    /// <summary>How the refresh answers; null = one secret after the other, each for ten minutes.</summary>
    public Func<HttpContext, byte[], Task>? Refresh { get; set; }

    public static async Task<StubPlatform> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var stub = new StubPlatform(app);
        app.MapPost("/sysapi/auth/refreshappsecret", stub.AnswerRefreshAsync);
        app.MapFallback("{**path}", stub.AnswerServiceAsync);
        await app.StartAsync();
        return stub;
    }

    public static Task AnswerAsync(HttpContext http, string contentType, string body) =>
        AnswerAsync(http, contentType, Encoding.UTF8.GetBytes(body));

    public static async Task AnswerAsync(HttpContext http, string contentType, byte[] body)
    {
        http.Response.ContentType = contentType;
        await http.Response.Body.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerServiceAsync(HttpContext http)
    {
        Interlocked.Increment(ref _calls);
        await Service(http, await BodyOfAsync(http));
    }

    private async Task AnswerRefreshAsync(HttpContext http)
    {
        var count = Interlocked.Increment(ref _refreshes);
        await RefreshGate;
        var body = await BodyOfAsync(http);
        if (Refresh is { } refresh)
        {
            await refresh(http, body);
            return;
        }

        var secret = Signatures.Encrypt(
            NetworkCredentials.Stub.ApplicationKey,
            $"secret-{count.ToString(CultureInfo.InvariantCulture)}",
            Integration.Sandbox.Signing.SecretCipher.Ecb
        );
        const string End = "1795401600000";
        await AnswerAsync(
            http,
            "application/json",
            $$$"""{"code":"0","data":{"secret":"{{{secret}}}","secretEndTime":"{{{End}}}"}}"""
        );
    }

    private static async Task<byte[]> BodyOfAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
