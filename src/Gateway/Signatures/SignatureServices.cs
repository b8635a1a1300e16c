namespace Integration.Gateway.Signatures;

internal static class SignatureServices
{
    /// <summary><see cref="SignedMessageVerifier"/> and <see cref="CmsReceipts"/>.</summary>
    public static void AddSignatures(this IServiceCollection services)
    {
        services.AddSingleton<SignedMessageVerifier>();
        services.AddSingleton<CmsReceipts>();
    }
}
