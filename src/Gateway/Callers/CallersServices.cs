using Integration.Gateway.Callers.Tokens;
using Integration.Gateway.Platform.Http;
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
        AddStrict<TokenOptions>(services, TokenOptions.Section);
        AddStrict<CertificateOptions>(services, CertificateOptions.Section);
        services.AddSingleton<IValidateOptions<TokenOptions>, TokenOptionsValidator>();
        services.AddSingleton<TokenSigningKey>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<PostOnce>();
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton<CallerMetrics>();
        services.AddSingleton<RefusalLogRate>();
        services.AddSingleton(provider => new CallerDirectory(
            CallersSettings.Path(provider.GetRequiredService<IConfiguration>()),
            vocabulary,
            provider.GetRequiredService<CallerMetrics>(),
            provider.GetRequiredService<ILogger<CallerDirectory>>()
        ));
        services.AddHostedService<CallersWatch>();
        services.AddTokenEndpoint();
        services.AddListenerTls(); // asks clients for certificates
    }

    /// <summary>After routing, before every endpoint.</summary>
    public static void UseCallers(this WebApplication app)
    {
        app.UseMiddleware<CallerAuthentication>();
        app.MapTokenEndpoint();
    }

    private static void AddStrict<TOptions>(IServiceCollection services, string section)
        where TOptions : class =>
        services
            .AddOptions<TOptions>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
}
