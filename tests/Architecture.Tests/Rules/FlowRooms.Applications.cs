namespace Integration.Architecture.Tests.Rules;

internal sealed partial record FlowRooms
{
    private static FlowRooms Verifications =>
        new(
            "Verifications",
            [
                new Room("Comparing"),
                new Room("Intake"),
                new Room("Answers", "*Responses"),
                new Room("Queries"),
                new Room("Recording"),
                new Room("Store", "*Store"),
                new Room("Handlers", "*Handler", "VerificationOptions"),
                new Room("Endpoints", "*Endpoints"),
            ]
        );

    private static FlowRooms Applications =>
        new(
            "Applications",
            [
                new Room("Model"),
                new Room("Intake"),
                new Room("Answers", "*Problems", "*Notifications", "*Responses"),
                new Room("Store", "*Store", "*Row", "*RowConfiguration", "StoredApplication", "ReadApplication"),
                new Room("Queries", "*Query", "GridAnswer"),
                new Room("Decisions", "*Recorder"),
                new Room("Deadlines"),
                new Room("Handlers", "*Handlers", "*Handler", "GrantedApplication", "ApplicationOrigin"),
                new Room("Endpoints", "*Endpoints", "*History", "*Services"),
            ]
        );

    private static FlowRooms Cases =>
        new(
            "Cases",
            [
                new Room("Model"),
                new Room("Intake"),
                new Room("Answers", "*Problems", "*Notifications", "*Responses", "CaseRecords"),
                new Room("Store", "*Store", "*Row", "*RowConfiguration", "TeamMarkWrite"),
                new Room("Access", "*Access", "FoundCase", "CaseName", "CaseActors"),
                new Room("Inspection", "*Inspector", "InspectedEvidence"),
                new Room("Deadlines"),
                new Room(
                    "Queries",
                    "*Query",
                    "CaseTimeline",
                    "ICaseHistory",
                    "LimitReport",
                    "LimitFold",
                    "ReportPeriod"
                ),
                new Room("Handlers", "*Handlers"),
                new Room("Endpoints", "*Endpoints", "*History", "*Services"),
            ]
        );
}
