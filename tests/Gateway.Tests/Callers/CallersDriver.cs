using System.Net;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Gateway.Tests.Callers;

/// <summary>What callers do: a host with the callers capability alone, <c>/who</c> (any caller), <c>/ops</c> (ops only) and <c>/open</c>.</summary>
internal sealed class CallersDriver : IAsyncDisposable
{
    private readonly ServiceHost _host;

    private CallersDriver(ServiceHost host, CallersFileBuilder setup) => (_host, Setup) = (host, setup);

    public CallersFileBuilder Setup { get; }

    public CallerDirectory Directory => _host.Get<CallerDirectory>();

    /// <summary>Scope of this host's meters.</summary>
    public object Meters => _host.Get<System.Diagnostics.Metrics.IMeterFactory>();

    public Uri Address => _host.Address;

    public HttpClient Http => _host.Client;

    public static async Task<CallersDriver> StartAsync(
        CallersFileBuilder setup,
        X509? server = null,
        Action<WebApplicationBuilder>? add = null,
        Action<WebApplication>? use = null
    )
    {
        try
        {
            var host = await ServiceHost.StartAsync(
                builder =>
                {
                    Add(builder, setup, server);
                    add?.Invoke(builder);
                },
                app => Use(app, use)
            );
            return new CallersDriver(host, setup);
        }
        catch
        {
            setup.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Setup.Dispose();
    }

    private static void Add(WebApplicationBuilder builder, CallersFileBuilder setup, X509? server)
    {
        builder.Services.AddRouting();
        builder.Logging.AddProvider(setup.Logs);
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(setup.Settings());
        builder.Services.AddSingleton<TimeProvider>(setup.Time);
        builder.AddCallers(ServiceFields.Vocabulary);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => server?.Use(listen))
        );
    }

    private static void Use(WebApplication app, Action<WebApplication>? use)
    {
        app.UseRouting();
        app.UseCallers();
        use?.Invoke(app);
        app.MapGet("/who", (CallerContext context) => $"{context.Caller.Id} {context.Caller.Kind}");
        app.MapGet("/ops", (CallerContext context) => context.Caller.Id).RequireCaller(CallerKind.Ops);
        app.MapGet("/silent", () => "not said to be open");
        app.MapGet("/open", () => "open").AllowAnonymous();
    }
}
