using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>Legs, habits and answers that tests start from.</summary>
internal static class SomeLegs
{
    public static readonly DateTimeOffset Now = new(2026, 3, 9, 9, 0, 0, TimeSpan.Zero);

    public static readonly UtilityHabits Pushes = new() { Delivery = LegDeliveryHabit.Called };

    public static readonly UtilityHabits Polled = Pushes with { PollEvery = TimeSpan.FromMinutes(1) };

    public static readonly UtilityHabits Pulls = new() { Delivery = LegDeliveryHabit.WorkList };

    public static readonly AgencyFailure Failure = new(FailureStage.Binding, FailureSide.Agency, "broken");

    /// <summary>A leg that is in this work at this place.</summary>
    public static Leg In(LegWork work, LegState state = LegState.Received) =>
        new()
        {
            LegId = new LegId("jnt_1", Utility.Water),
            Utility = Utility.Water,
            State = state,
            Since = Now.AddDays(-1),
            Work = work,
            WakeAt = Now,
        };

    public static StepResult Arrived(
        string? reference = "R1",
        bool isComplete = true,
        bool isWithdrawn = false,
        params IReadOnlyList<string> missing
    ) => new StepResult.Arrived(new LegReceipt(reference, isComplete, isWithdrawn) { Missing = missing });

    public static ReportedStatus Status(LegState? state, DateTimeOffset at, string id = "s-1") =>
        new(id, state?.ToString() ?? "something else", state, at);
}
