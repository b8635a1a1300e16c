namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// A property is sold again while the transfer to the former buyer is open: accounts would go to a person who does not have the
/// property any more. Pure.
/// </summary>
internal static class LaterSale
{
    /// <summary>On record of the former buyer's joint application.</summary>
    public const string Outcome = "stopped-by-later-sale";

    /// <summary>Takes every leg back that is not connected; what is connected stays, and the later sale moves it on.</summary>
    /// <param name="joint">The former buyer's.</param>
    /// <param name="receiptId">Receipt of the event that tells the later sale.</param>
    /// <param name="now">When.</param>
    /// <returns>The change; the same joint application when nothing of it is open.</returns>
    public static JointChange Stop(JointApplication joint, string receiptId, DateTimeOffset now)
    {
        var legs = joint
            .Legs.Select(leg => LegTransitions.Withdraw(leg, now).Succeeded(out var withdrawn, out _) ? withdrawn : leg)
            .ToList();
        return legs.SequenceEqual(joint.Legs)
            ? JointChange.None(joint)
            : new JointChange(joint with { Legs = legs }) { Facts = [new JointFact("joint", Outcome, receiptId)] };
    }
}
