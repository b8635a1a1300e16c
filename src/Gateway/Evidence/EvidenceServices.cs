using Microsoft.Extensions.Options;

namespace Integration.Gateway.Evidence;

internal static class EvidenceServices
{
    /// <summary><see cref="EvidenceLog"/> with its writer, and <see cref="ReceiptSigner"/>. Needs the database.</summary>
    public static void AddEvidence(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services
            .AddOptions<EvidenceOptions>()
            .BindConfiguration(EvidenceOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<EvidenceLog>();
        services.AddSingleton<EvidenceGate>();
        services.AddSingleton<EvidenceDigests>();
        services.AddHostedService<EvidenceWriter>();
        services.AddSingleton<LookRecorder>();

        services.AddSingleton<IValidateOptions<ReceiptOptions>, ReceiptOptionsValidator>();
        services
            .AddOptions<ReceiptOptions>()
            .BindConfiguration(ReceiptOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<ReceiptSigner>();
        services.AddSingleton<ReceiptKeys>();
    }
}
