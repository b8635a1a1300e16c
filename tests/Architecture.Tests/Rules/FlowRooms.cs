using ArchUnitNET.Domain.Extensions;

namespace Integration.Architecture.Tests.Rules;

/// <summary>
/// The rooms of one flow, in their order: a room may use those before it and never one after it, so that no circle comes back. Every type of
/// the flow stands in exactly one.
/// </summary>
/// <param name="Flow">The folder of the flow.</param>
/// <param name="Rooms">The rooms, from the one that uses none to the one that uses all.</param>
internal sealed partial record FlowRooms(string Flow, IReadOnlyList<Room> Rooms)
{
    public static IReadOnlyList<FlowRooms> All { get; } =
    [Verifications, Applications, Cases, JointApplications, Events];

    private string Prefix => $"Integration.Gateway.{Flow}.";

    /// <summary>The room of a type of this flow; null: it stands in none.</summary>
    public Room? RoomOf(string fullName) =>
        fullName.StartsWith(Prefix, StringComparison.Ordinal)
            ? Rooms.FirstOrDefault(room => room.Holds(fullName[Prefix.Length..]))
            : null;

    /// <summary>Types that stand in no room, and uses of a room by one before it.</summary>
    public IEnumerable<string> Violations(ArchUnitNET.Domain.Architecture architecture)
    {
        foreach (
            var type in architecture.Types.Where(type => type.FullName.StartsWith(Prefix, StringComparison.Ordinal))
        )
        {
            if (RoomOf(type.FullName) is not { } room)
            {
                yield return $"{type.FullName} stands in no room of {Flow}";
                continue;
            }

            foreach (var used in type.GetTypeDependencies().Distinct())
            {
                if (
                    used is not ArchUnitNET.Domain.GenericParameter
                    && RoomOf(used.FullName) is { } other
                    && Rooms.IndexOf(other) > Rooms.IndexOf(room)
                )
                {
                    yield return $"{type.FullName} uses {used.FullName}";
                }
            }
        }
    }
}

/// <summary>One room.</summary>
/// <param name="Name">The folder; of a room in the flow's root what it is called.</param>
/// <param name="Types">Of a room in the root: names of its types, or <c>*</c> and how they end.</param>
internal sealed record Room(string Name, params string[] Types)
{
    /// <summary>Whether a type stands here.</summary>
    /// <param name="name">Its name below the flow, e.g. <c>Model.Leg</c>.</param>
    public bool Holds(string name)
    {
        var outer = name.Split('+', '`')[0].Split('.');
        return outer.Length > 1
            ? outer[0] == Name
            : Types.Any(type =>
                type.StartsWith('*') ? outer[0].EndsWith(type[1..], StringComparison.Ordinal) : outer[0] == type
            );
    }
}

file static class Lists
{
    public static int IndexOf(this IReadOnlyList<Room> rooms, Room room)
    {
        for (var i = 0; i < rooms.Count; i++)
        {
            if (ReferenceEquals(rooms[i], room))
            {
                return i;
            }
        }

        return -1;
    }
}
