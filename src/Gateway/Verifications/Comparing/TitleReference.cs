using Integration.Contracts.Identifiers;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>Which title is meant: at least one of both numbers.</summary>
internal sealed record TitleReference(TitleNumber? Certificate, UnitNumber? Unit)
{
    public bool IsEmpty => Certificate is null && Unit is null;

    /// <summary>Reads what is given; a number that is given and wrong is a fault, none given is not.</summary>
    public static TitleReference Read(string? certificate, string? unit, string pointer, FaultList faults) =>
        new(
            certificate is null ? null : faults.Read($"{pointer}/certificateNumber", TitleNumber.Parse(certificate)),
            unit is null ? null : faults.Read($"{pointer}/unitNumber", UnitNumber.Parse(unit))
        );
}
