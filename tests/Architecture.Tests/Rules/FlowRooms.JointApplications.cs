namespace Integration.Architecture.Tests.Rules;

internal sealed partial record FlowRooms
{
    private static FlowRooms JointApplications =>
        new(
            "JointApplications",
            [
                new Room("Model"),
                new Room("Intake"),
                new Room("Answers", "*Problems", "*Notifications", "*Responses", "*Telemetry"),
                new Room("Places"),
                new Room(
                    "Store",
                    "*Store",
                    "*Row",
                    "*RowConfiguration",
                    "*Rows",
                    "*Write",
                    "JointCase",
                    "JointEffectWriter"
                ),
                new Room("Proofs"),
                new Room("Dispatch"),
                new Room("Deadlines"),
                new Room(
                    "Handlers",
                    "*Handlers",
                    "*Handler",
                    "OpeningResult",
                    "OwnedJoint",
                    "JointOrigin",
                    "JointApplicationQuery"
                ),
                new Room("Endpoints", "*Endpoints", "*History", "*Services"),
            ]
        );
}
