using Integration.Adapters.Http.Keys;
using Integration.Adapters.Http.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Http.Diagnosis;

/// <summary>What a diagnosis of one agency looks at.</summary>
/// <param name="Agency">The agency's name.</param>
/// <param name="Addresses">Where it answers; at least one.</param>
/// <param name="ConnectTime">Longest time to connect.</param>
/// <param name="Secret">What is needed to sign, and how it is had.</param>
internal sealed record DiagnosisTarget(
    string Agency,
    IReadOnlyList<Uri> Addresses,
    TimeSpan ConnectTime,
    DiagnosedSecret Secret
);

/// <summary>What is needed to sign.</summary>
/// <param name="Name">What it is, in the words of the agency's documents.</param>
/// <param name="Key">The key or token that the agency hands out; null: the secret of the configuration is used itself.</param>
internal sealed record DiagnosedSecret(string Name, RotatingKey? Key);

/// <summary>How an agency folder says what its diagnosis looks at: one line in its registration.</summary>
internal static class DiagnosisRegistration
{
    /// <summary>An agency that we connect to ourselves.</summary>
    public static IServiceCollection AddDiagnosis<TOptions>(
        this IServiceCollection services,
        string agency,
        Func<IServiceProvider, DiagnosedSecret> secret
    )
        where TOptions : AddressedOptions => services.AddDiagnosis<TOptions, TOptions>(agency, secret);

    /// <summary>An agency that is reached through another one's addresses.</summary>
    /// <typeparam name="TOptions">Its own options: its limits hold.</typeparam>
    /// <typeparam name="TAddressed">The options that hold the addresses.</typeparam>
    public static IServiceCollection AddDiagnosis<TOptions, TAddressed>(
        this IServiceCollection services,
        string agency,
        Func<IServiceProvider, DiagnosedSecret> secret
    )
        where TOptions : AgencyOptions
        where TAddressed : AddressedOptions =>
        services.AddSingleton(provider => new DiagnosisTarget(
            agency,
            provider.GetRequiredService<IOptions<TAddressed>>().Value.Addresses,
            provider.GetRequiredService<IOptions<TOptions>>().Value.Limits.ConnectTime,
            secret(provider)
        ));
}
