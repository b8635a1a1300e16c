using System.Net;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Gateway.Tests.Callers;

/// <summary>The callers capability alone behind real Kestrel on loopback, with <c>/who</c> (any caller), <c>/ops</c> (ops only) and <c>/open</c>.</summary>
internal sealed class CallersHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CallersHost(WebApplication app, CallersSetup setup)
    {
        _app = app;
        Setup = setup;
    }

    public CallersSetup Setup { get; }

    public CallerDirectory Directory => _app.Services.GetRequiredService<CallerDirectory>();

    /// <summary>Scope of this host's meters.</summary>
    public object Meters => _app.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<CallersHost> StartAsync(
        CallersSetup setup,
        X509? server = null,
        Action<WebApplicationBuilder>? add = null,
        Action<WebApplication>? use = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.Logging.AddProvider(setup.Logs);
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(setup.Settings());
        builder.Services.AddSingleton<TimeProvider>(setup.Time);
        builder.AddCallers(ServiceFields.Vocabulary);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => server?.Use(listen))
        );
        add?.Invoke(builder);
        var app = builder.Build();
        app.UseRouting();
        app.UseCallers();
        use?.Invoke(app);
        app.MapGet("/who", (CallerContext context) => $"{context.Caller.Id} {context.Caller.Kind}");
        app.MapGet("/ops", (CallerContext context) => context.Caller.Id).RequireCaller(CallerKind.Ops);
        app.MapGet("/silent", () => "not said to be open");
        app.MapGet("/open", () => "open").AllowAnonymous();
        var host = new CallersHost(app, setup);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        host.Address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        );
        host.Http = new HttpClient { BaseAddress = host.Address };
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await _app.DisposeAsync();
        Setup.Dispose();
    }
}
