using Integration.Contracts.V1.Events;
using Integration.Testing.World;

namespace Integration.FlowTests.Soak;

/// <summary>What happens to the enterprises of a run: all are opened, every fifth is withdrawn again.</summary>
internal static class Story
{
    public static bool IsWithdrawn(int enterprise) => enterprise % 5 == 4;

    /// <summary>Every event, in the order in which it is sent.</summary>
    public static IEnumerable<EventInput> All(int enterprises) =>
        Enumerable
            .Range(0, enterprises)
            .SelectMany(enterprise =>
                IsWithdrawn(enterprise)
                    ? (EventInput[])
                        [
                            ManyEnterprises.Event(enterprise),
                            ManyEnterprises.Event(enterprise, sequence: 2, "enterprise.withdrawn"),
                        ]
                    : [ManyEnterprises.Event(enterprise)]
            );
}
