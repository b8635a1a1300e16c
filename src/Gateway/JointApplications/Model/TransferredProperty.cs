using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What a property is known by from one holder to the next. Pure.</summary>
internal static class TransferredProperty
{
    /// <summary>The unit, which stays the same, or else the certificate, which the next holder gets anew; null: neither is sound.</summary>
    public static string? From(PremisesInput? premises) =>
        NumbersOf(premises) switch
        {
            ({ } unit, _) => $"unit {unit.Value}",
            (_, { } certificate) => $"certificate {certificate.Value}",
            _ => null,
        };

    /// <summary>The numbers that are sound; the form has told of the others.</summary>
    public static (UnitNumber? Unit, TitleNumber? Certificate) NumbersOf(PremisesInput? premises)
    {
        var (certificate, unit) = TitleReference.Read(
            premises?.CertificateNumber,
            premises?.UnitNumber,
            pointer: string.Empty,
            new FaultList()
        );
        return (unit, certificate);
    }
}
