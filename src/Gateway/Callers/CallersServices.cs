using Integration.Gateway.Callers.Tokens;
using Integration.Gateway.Platform.Files;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Settings;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Callers;

/// <summary>Who may call, and how they prove it.</summary>
internal static class CallersServices
{
    /// <summary>Section <c>Gateway:Tokens</c>, <c>Gateway:Certificates</c> and the file at <c>Gateway:Callers</c>.</summary>
    /// <param name="vocabulary">The services, fields and purposes that grants may name.</param>
    public static void AddCallers(this WebApplicationBuilder builder, GrantVocabulary vocabulary)
    {
        var services = builder.Services;
        services.AddStrictOptions<TokenOptions>(TokenOptions.Section);
        services.AddStrictOptions<CertificateOptions>(CertificateOptions.Section);
        services.AddSingleton<IValidateOptions<TokenOptions>, TokenOptionsValidator>();
        services.AddSingleton<TokenSigningKey>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IdempotentEndpoint>();
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton<CallerMetrics>();
        services.AddSingleton<RefusalLogRate>();
        services.AddReloadingFile(provider => new CallerDirectory(
            CallersSettings.Path(provider.GetRequiredService<IConfiguration>()),
            vocabulary,
            provider.GetRequiredService<CallerMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CallerDirectory>>()
        ));
        services.AddTokenEndpoint();
        services.AddListenerTls(); // asks clients for certificates
    }

    /// <summary>After routing, before every endpoint.</summary>
    public static void UseCallers(this WebApplication app)
    {
        app.UseMiddleware<CallerAuthentication>();
        app.MapTokenEndpoint();
    }
}
