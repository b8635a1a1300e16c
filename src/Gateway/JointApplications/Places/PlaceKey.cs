using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.JointApplications.Places;

/// <summary>What one place is known by, as keyed hashes: its unit, its certificate, its written address. Pure.</summary>
/// <param name="Unit">Of the unit number; null: neither form nor register names it.</param>
/// <param name="Certificate">Of the certificate number; null likewise.</param>
/// <param name="Address">Of the address as <c>AddressText</c> has it.</param>
internal sealed record PlaceKey(SubjectHash? Unit, SubjectHash? Certificate, SubjectHash Address)
{
    /// <summary>
    /// The best number that both have decides: a unit before a certificate, which may cover several units; only where they share none, the
    /// address, because many units have one.
    /// </summary>
    public bool IsSameAs(PlaceKey other) =>
        (Unit, other.Unit) is ({ } unit, { } otherUnit) ? unit == otherUnit
        : (Certificate, other.Certificate) is ({ } title, { } otherTitle) ? title == otherTitle
        : Address == other.Address;

    /// <summary>The same place with the numbers that have become known of it.</summary>
    public PlaceKey With((SubjectHash? Unit, SubjectHash? Certificate) known) =>
        this with
        {
            Unit = Unit ?? known.Unit,
            Certificate = Certificate ?? known.Certificate,
        };
}
