using CsCheck;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>Where the whole stands, given where its legs stand.</summary>
public sealed class JointFoldTests
{
    [Theory]
    [InlineData("Received", JointState.Received)]
    [InlineData("Received Received", JointState.Received)]
    [InlineData("Received Accepted", JointState.InProgress)]
    [InlineData("Construction Withdrawn", JointState.InProgress)]
    [InlineData("Returned", JointState.AwaitingCustomer)]
    [InlineData("Returned AwaitingCustomer", JointState.AwaitingCustomer)]
    [InlineData("Returned AwaitingCustomer Closed", JointState.AwaitingCustomer)]
    [InlineData("Returned Received", JointState.Received)]
    [InlineData("AwaitingCustomer Surveyed", JointState.InProgress)]
    [InlineData("AwaitingPermit", JointState.InProgress)]
    [InlineData("Connected Received", JointState.PartlyConnected)]
    [InlineData("Closed Construction", JointState.PartlyConnected)]
    [InlineData("Connected", JointState.Connected)]
    [InlineData("Connected Closed", JointState.Connected)]
    [InlineData("Connected Withdrawn", JointState.Connected)]
    [InlineData("Closed", JointState.Closed)]
    [InlineData("Closed Closed Withdrawn", JointState.Closed)]
    [InlineData("Withdrawn", JointState.Withdrawn)]
    [InlineData("Withdrawn Withdrawn", JointState.Withdrawn)]
    [InlineData("Suspended", JointState.Suspended)]
    [InlineData("Suspended Connected", JointState.Suspended)]
    [InlineData("Suspended Received", JointState.Received)]
    [InlineData("Suspended Accepted", JointState.InProgress)]
    public void Each_line(string states, JointState expected) =>
        Assert.Equal(expected, JointFold.Fold([.. states.Split(' ').Select(Leg)]));

    [Fact]
    public void A_suspended_leg_counts_where_it_stands_in_the_work() =>
        Assert.Equal(
            JointState.InProgress,
            JointFold.Fold([Leg("Received"), Leg("Suspended") with { HeldIn = LegState.Surveyed }])
        );

    [Fact]
    public void The_order_of_legs_does_not_matter() =>
        Gen.SelectMany(Gen.Enum<LegState>().Array[1, 5], states => Gen.Shuffle(states).Select(mixed => (states, mixed)))
            .Sample((states, mixed) => Fold(states) == Fold(mixed), iter: 20_000);

    private static JointState Fold(LegState[] states) =>
        JointFold.Fold([.. states.Select(state => SomeLegs.In(LegWork.Watch, state))]);

    private static Leg Leg(string state) => SomeLegs.In(LegWork.Watch, Enum.Parse<LegState>(state));
}
