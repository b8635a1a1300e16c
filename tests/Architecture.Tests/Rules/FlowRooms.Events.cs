namespace Integration.Architecture.Tests.Rules;

internal sealed partial record FlowRooms
{
    private static FlowRooms Events =>
        new(
            "Events",
            [
                new Room("Model"),
                new Room(
                    "Sources",
                    "EventOptions",
                    "EventSourceOptions",
                    "EventOptionsValidator",
                    "EventSource",
                    "*Sources",
                    "EventProblems"
                ),
                new Room("Inbox"),
                new Room("Intake"),
                new Room("CatchUp"),
                new Room("Processing"),
                new Room(
                    "Endpoints",
                    "DeadLetters",
                    "ReleaseOrder",
                    "*Endpoints",
                    "*History",
                    "*Services",
                    "EventSourcesCheck"
                ),
            ]
        );
}
