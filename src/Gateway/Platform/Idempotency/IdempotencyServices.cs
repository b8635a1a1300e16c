namespace Integration.Gateway.Platform.Idempotency;

internal static class IdempotencyServices
{
    /// <summary><see cref="IdempotentRequests"/>. Needs the database and the protection of personal data.</summary>
    public static void AddIdempotency(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IdempotencyGate>();
        builder.Services.AddSingleton<IdempotentRequests>();
    }
}
