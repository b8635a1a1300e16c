using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Protection;

internal static class ProtectionServices
{
    /// <summary><see cref="PersonalDataVault"/>; the key ring is in the database, wrapped for a certificate. Needs the database.</summary>
    public static void AddPersonalDataProtection(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<ProtectionOptions>, ProtectionOptionsValidator>();
        services.AddStrictOptions<ProtectionOptions>(ProtectionOptions.Section);

        services
            .AddDataProtection()
            .SetApplicationName("integration")
            .UseCryptographicAlgorithms(
                new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM }
            );
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IOptions<ProtectionOptions>, IServiceProvider, ILoggerFactory>(
                (keys, protection, provider, logs) =>
                {
                    keys.XmlRepository = new KeyRows(new EntityFrameworkCoreXmlRepository<GatewayDb>(provider, logs));
                    keys.XmlEncryptor = new CertificateKeyWrapper(protection.Value.ResolveCertificate());
                    keys.NewKeyLifetime = TimeSpan.FromDays(protection.Value.KeyDays);
                }
            );
        services.AddSingleton<ProtectionCertificates>();
        services.AddSingleton<PersonalDataVault>();
        services.AddSingleton<KeyRing>();
        services.AddHostedService<KeyRingStart>();
    }
}
