using Integration.Gateway.Platform.Retention;
using Integration.Gateway.Platform.Settings;

namespace Integration.Gateway.Platform.Idempotency;

internal static class IdempotencyServices
{
    /// <summary><see cref="IdempotentRequests"/>. Needs the database and the protection of personal data.</summary>
    public static void AddIdempotency(this IHostApplicationBuilder builder)
    {
        builder.Services.AddStrictOptions<IdempotencyOptions>(IdempotencyOptions.Section);
        builder.Services.AddSingleton<IdempotencyGate>();
        builder.Services.AddSingleton<StoredResponseRoom>();
        builder.Services.AddSingleton<IExpiringRows, ExpiredAnswers>();
        builder.Services.AddSingleton<IdempotentRequests>();
    }
}
