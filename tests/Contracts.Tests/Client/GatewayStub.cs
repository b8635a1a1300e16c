using System.Collections.Concurrent;
using System.Text;
using Integration.Contracts.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Contracts.Tests.Client;

/// <summary>A real Kestrel on a loopback port that answers as a test tells it, and a client registered the documented way.</summary>
internal sealed class GatewayStub : IAsyncDisposable
{
    private readonly WebApplication _server;
    private ServiceProvider? _client;

    private GatewayStub(WebApplication server) => _server = server;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));

    public ConcurrentQueue<ReceivedRequest> Received { get; } = new();

    public IEnumerable<ReceivedRequest> TokenRequests => Received.Where(request => request.Path == "/oauth/token");

    public IEnumerable<ReceivedRequest> ApiRequests => Received.Where(request => request.Path != "/oauth/token");

    /// <summary>Answers the token endpoint; the number counts its calls from 1.</summary>
    public Func<HttpContext, int, Task> OnToken { get; set; } =
        (context, number) =>
            context.Response.WriteAsJsonAsync(
                new
                {
                    access_token = $"token-{number}",
                    token_type = "Bearer",
                    expires_in = 600,
                }
            );

    /// <summary>Answers everything else.</summary>
    public Func<HttpContext, Task> OnCall { get; set; } = context => JsonAsync(context, 200, Answers.Verification);

    public Uri Address => new(_server.Urls.Single());

    public static async Task<GatewayStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var stub = new GatewayStub(server);
        server.Run(stub.AnswerAsync);
        await server.StartAsync();
        return stub;
    }

    public IIntegrationApi Client(Action<IntegrationApiOptions>? change = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddIntegrationApi(options =>
        {
            options.BaseAddress = Address;
            options.ClientId = "hall";
            options.ClientSecret = "s3cret:/+ä";
            change?.Invoke(options);
        });
        _client = services.BuildServiceProvider();
        return _client.GetRequiredService<IIntegrationApi>();
    }

    public static Task JsonAsync(HttpContext context, int status, string body, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var request = context.Request;
        Received.Enqueue(
            new ReceivedRequest(
                request.Method,
                request.Path.Value!,
                request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body
            )
        );
        await (request.Path == "/oauth/token" ? OnToken(context, TokenRequests.Count()) : OnCall(context));
    }
}

/// <summary>What the server got.</summary>
internal sealed record ReceivedRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body
);
