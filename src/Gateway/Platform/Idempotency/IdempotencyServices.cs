using Integration.Gateway.Platform.Retention;

namespace Integration.Gateway.Platform.Idempotency;

internal static class IdempotencyServices
{
    /// <summary><see cref="IdempotentRequests"/>. Needs the database and the protection of personal data.</summary>
    public static void AddIdempotency(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<IdempotencyOptions>()
            .BindConfiguration(IdempotencyOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<IdempotencyGate>();
        builder.Services.AddSingleton<KeptAnswerRoom>();
        builder.Services.AddSingleton<IExpiringRows, ExpiredAnswers>();
        builder.Services.AddSingleton<IdempotentRequests>();
    }
}
