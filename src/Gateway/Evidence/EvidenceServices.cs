namespace Integration.Gateway.Evidence;

internal static class EvidenceServices
{
    /// <summary><see cref="EvidenceLog"/> and its writer. Needs the database.</summary>
    public static void AddEvidence(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<EvidenceOptions>()
            .BindConfiguration(EvidenceOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<EvidenceLog>();
        builder.Services.AddHostedService<EvidenceWriter>();
    }
}
