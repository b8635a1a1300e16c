using Integration.Gateway;

namespace Integration.Try.Hosting;

/// <summary>The gateway in this process, configured by nothing but the settings given.</summary>
internal static class LocalGateway
{
    /// <summary>A gateway that is ready to be started.</summary>
    /// <param name="url">Where to listen.</param>
    /// <param name="settings">The whole configuration; environment and settings files are left out.</param>
    /// <param name="adjust">Called after the gateway's own registrations, which it may replace.</param>
    public static WebApplication Create(
        Uri url,
        IReadOnlyDictionary<string, string?> settings,
        Action<WebApplicationBuilder> adjust
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseKestrel();
        builder.WebHost.UseUrls(url.ToString());
        builder.Services.AddRouting();
        builder.AddGateway();
        adjust(builder);
        var app = builder.Build();
        app.UseGateway();
        return app;
    }
}
