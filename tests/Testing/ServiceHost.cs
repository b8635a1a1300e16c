using System.Net.Sockets;
using System.Text;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Timers;
using Integration.Testing.Databases;
using Integration.Testing.Recording;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace Integration.Testing;

/// <summary>
/// Parts of the gateway in this process, for a test that needs no more: the services that it names, and real loopback ports when
/// there is HTTP among them. The whole gateway with its agencies is <see cref="IntegrationHost"/>.
/// </summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private HttpClient? _client;

    private ServiceHost(WebApplication app) => App = app;

    public WebApplication App { get; }

    /// <summary>Where the first listener is.</summary>
    public Uri Address => new(App.Urls.First());

    /// <summary>A client of the first listener.</summary>
    public HttpClient Client => _client ??= new HttpClient { BaseAddress = Address };

    /// <summary>What was logged.</summary>
    public LogSink Logs => Get<LogSink>();

    /// <summary>What was traced, of a host with the platform's HTTP.</summary>
    public SpanSink Spans => Get<SpanSink>();

    public EvidenceLog Evidence => Get<EvidenceLog>();

    public PersonalDataVault Vault => Get<PersonalDataVault>();

    /// <summary>The services that the test adds and no others; it listens where a server is among them.</summary>
    public static Task<ServiceHost> StartAsync(Action<WebApplicationBuilder> add, Action<WebApplication>? use = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IServer, NoServer>();
        add(builder);
        return StartAsync(builder, use);
    }

    /// <summary>The state of the gateway without its flows and without HTTP, on a real database.</summary>
    /// <param name="database">Where; hosts on the same one are nodes that share their keys.</param>
    /// <param name="settings">They win over the usual ones.</param>
    /// <param name="with">What the test adds or replaces.</param>
    public static Task<ServiceHost> StartAsync(
        TestDatabase database,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<WebApplicationBuilder>? with = null
    ) =>
        StartAsync(builder =>
        {
            builder.AddState(database, settings ?? []);
            builder.AddDurableTimers();
            with?.Invoke(builder);
        });

    /// <summary>The HTTP of the platform on a real port, with endpoints of the test's own behind it.</summary>
    public static Task<ServiceHost> StartHttpAsync(
        Action<WebApplication>? map = null,
        Action<WebApplicationBuilder>? add = null,
        params (string Key, string Value)[] settings
    )
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" }
        );
        builder.AddHttpPlatform(settings);
        add?.Invoke(builder);
        return StartAsync(
            builder,
            app =>
            {
                app.UseHttpPlatform();
                map?.Invoke(app);
            }
        );
    }

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public GatewayDb Db() => Get<IDbContextFactory<GatewayDb>>().CreateDbContext();

    /// <summary>Sends bytes as they are and returns everything that comes back until the server closes.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (Get<IServer>() is NoServer)
        {
            // In good order; one that listens would wait for its callers first.
            await App.StopAsync();
        }

        await App.DisposeAsync();
    }

    private static async Task<ServiceHost> StartAsync(WebApplicationBuilder builder, Action<WebApplication>? use)
    {
        var app = builder.Build();
        try
        {
            use?.Invoke(app);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new ServiceHost(app);
    }

    /// <summary>Listens nowhere.</summary>
    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }
}
