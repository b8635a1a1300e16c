using Integration.Gateway.Signatures.Trust;

namespace Integration.Gateway.Signatures;

internal static class SignatureServices
{
    /// <summary><see cref="SignedMessageVerifier"/>, <see cref="CmsReceipts"/> and <see cref="RegisteredSigners"/>.</summary>
    public static void AddSignatures(this IServiceCollection services)
    {
        services.AddSingleton<SignerTrust>();
        services.AddSingleton<SignedMessageVerifier>();
        services.AddSingleton<CmsReceipts>();
        services.AddSingleton<RegisteredSigners>();
    }

    /// <summary>Makes the signers of a flow known to readiness.</summary>
    public static void AddSigners(
        this IServiceCollection services,
        Func<IServiceProvider, IEnumerable<RegisteredSigner>> signers
    ) => services.AddSingleton(provider => new RegisteredSigners.FlowSigners(() => signers(provider)));
}
