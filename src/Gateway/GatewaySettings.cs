using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.Callers.Tokens;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Evidence;
using Integration.Gateway.Limits;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Settings;
using Integration.Gateway.Platform.Telemetry;
using Integration.Gateway.Policy;
using Integration.Gateway.Sharing;
using Integration.Gateway.Verifications;
using Microsoft.Extensions.Options;

namespace Integration.Gateway;

/// <summary>
/// The sections under <c>Gateway</c> (docs/spec/settings.md). Each refuses keys it does not know; this refuses sections that
/// the gateway does not read, because a misspelt limit is no limit.
/// </summary>
internal static class GatewaySettings
{
    public static readonly IReadOnlyList<string> Sections =
    [
        CallersSettings.Key,
        TokenOptions.Section,
        CertificateOptions.Section,
        GatewayHttpOptions.Section,
        LimitOptions.Section,
        TelemetryOptions.Section,
        ClockOptions.Section,
        DatabaseOptions.Section,
        ProtectionOptions.Section,
        EvidenceOptions.Section,
        ReceiptOptions.Section,
        PolicyOptions.Section,
        VerificationOptions.Section,
        SharingOptions.Section,
        NoticeOptions.Section,
        IdempotencyOptions.Section,
        EventOptions.Section,
        ProcessingOptions.Section,
    ];

    /// <summary>Refuses to start over a section that the gateway does not read.</summary>
    /// <exception cref="OptionsValidationException">Sections that the gateway does not read; the message lists all.</exception>
    public static void RefuseUnknownSections(IConfiguration configuration)
    {
        var unknown = UnknownSections(configuration).Values.ToList();
        if (unknown.Count > 0)
        {
            throw new OptionsValidationException("Gateway", typeof(GatewaySettings), unknown);
        }
    }

    /// <summary>Sections under <c>Gateway</c> that the gateway does not read, each with its fault.</summary>
    public static IReadOnlyDictionary<string, string> UnknownSections(IConfiguration configuration) =>
        configuration
            .GetSection("Gateway")
            .GetChildren()
            .Where(section => !Sections.Contains(section.Path, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(
                section => section.Path,
                section => $"{section.Path}: no such setting.{NearestName.Hint(section.Path, Sections)}",
                StringComparer.OrdinalIgnoreCase
            );

    /// <summary>Every key under the gateway's own sections that no options class has or whose value is not of its type.</summary>
    public static IReadOnlyDictionary<string, string> KeyFaults(IConfiguration configuration) =>
        typeof(GatewaySettings)
            .Assembly.GetTypes()
            .Where(type => type.GetField("Section") is { IsLiteral: true, IsPublic: true })
            .Select(type => new SettingsSection((string)type.GetField("Section")!.GetRawConstantValue()!, type))
            .Where(section => Sections.Contains(section.Path, StringComparer.Ordinal))
            .SelectMany(section => SettingsKeys.Faults(configuration.GetSection(section.Path), section.Options))
            .DistinctBy(fault => fault.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
}
