using ArchUnitNET.Loader;
using Integration.Architecture.Tests.Planted;
using Integration.Architecture.Tests.Rules;
using Integration.Gateway.Platform;

namespace Integration.Architecture.Tests;

/// <summary>Inside a flow the arrows run one way too.</summary>
public class FlowRoomTests
{
    private static readonly ArchUnitNET.Domain.Architecture s_product = new ArchLoader()
        .LoadAssemblies(typeof(Identifiers).Assembly)
        .Build();

    private static readonly ArchUnitNET.Domain.Architecture s_planted = new ArchLoader()
        .LoadAssemblies(typeof(FlowRoomTests).Assembly)
        .Build();

    public static TheoryData<string> Flows => new(FlowRooms.All.Select(rooms => rooms.Flow));

    public static TheoryData<string, string> Planted =>
        new(PlantedRooms.All.Select(planted => (planted.Flow, planted.Violation)));

    [Theory]
    [MemberData(nameof(Flows))]
    public void The_rooms_of_a_flow_are_used_in_their_order(string flow) =>
        Report.None(Named(flow).Violations(s_product));

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_use_of_a_later_room_is_reported(string flow, string violation) =>
        Report.Names(violation, Named(flow).Violations(s_planted));

    [Theory]
    [MemberData(nameof(Flows))]
    public void Every_room_but_the_last_has_a_planted_violation(string flow)
    {
        var rooms = Named(flow);
        var broken = PlantedRooms
            .All.Where(planted =>
                planted.Flow == flow && planted.Violation.Contains(" uses ", StringComparison.Ordinal)
            )
            .Select(planted => rooms.RoomOf(planted.Violation.Split(' ')[0])?.Name)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(rooms.Rooms.SkipLast(1).Select(room => room.Name).Except(broken, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Applications")]
    [InlineData("Cases")]
    [InlineData("JointApplications")]
    public void Applications_cases_and_joint_applications_have_the_same_cast(string flow)
    {
        var prefix = flow[..^1]; // Applications -> Application
        Assert.All(
            ["Endpoints", "Handlers", "Store", "Problems", "Notifications", "Responses"],
            part =>
                Assert.Contains(s_product.Types, type => type.FullName == $"Integration.Gateway.{flow}.{prefix}{part}")
        );
        Assert.All(
            ["Model", "Intake", "Deadlines"],
            room =>
                Assert.Contains(
                    s_product.Types,
                    type => type.FullName.StartsWith($"Integration.Gateway.{flow}.{room}.", StringComparison.Ordinal)
                )
        );
    }

    private static FlowRooms Named(string flow) => FlowRooms.All.Single(rooms => rooms.Flow == flow);
}
