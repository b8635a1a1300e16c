namespace Integration.Gateway.JointApplications.Places;

/// <summary>How a place is found by a form that wants it.</summary>
internal abstract record Occupancy
{
    private Occupancy() { }

    /// <summary>Nothing is open there.</summary>
    /// <param name="ClaimedTurn">The next turn of those who say the same through the same caller.</param>
    /// <param name="Turn">The next turn of the proven applicant; null: not proven.</param>
    public sealed record Vacant(int ClaimedTurn, int? Turn) : Occupancy;

    /// <summary>The caller itself has one open.</summary>
    public sealed record Own(string JointId) : Occupancy;

    /// <summary>Another caller has one open for the same proven applicant: which, and whose, is not told.</summary>
    public sealed record Others : Occupancy;

    /// <summary>Decides. Pure.</summary>
    /// <param name="claim">What is wanted.</param>
    /// <param name="vacant">The turns it would have, read before <paramref name="open"/> was.</param>
    /// <param name="open">What is open for the same claim, or for the same proven applicant.</param>
    public static Occupancy From(PlaceClaim claim, Vacant vacant, IEnumerable<PlaceRow> open)
    {
        var same = open.Where(row => IsInTheWay(claim, row) && claim.Place.IsSameAs(row.Place())).ToList();
        return same.Find(row => row.CallerId == claim.CallerId) is { } own ? new Own(own.JointId)
            : same.Count > 0 ? new Others()
            : vacant;
    }

    private static bool IsInTheWay(PlaceClaim claim, PlaceRow row) =>
        row.Claimed == claim.Claimed || (claim.IsProven && row.Turn is not null && row.Applicant == claim.Applicant);
}
