// Each room of each flow uses the one after it; the namespaces are those of the product on purpose.
#pragma warning disable CA1812, CA1852, IDE0130, MA0047, MA0048, MA0182

namespace Integration.Architecture.Tests.Planted
{
    internal static class PlantedRooms
    {
        /// <summary>What each planted type breaks.</summary>
        public static IReadOnlyList<(string Flow, string Violation)> All { get; } =
        [
            (
                "Verifications",
                "Integration.Gateway.Verifications.Comparing.Planted.Step uses Integration.Gateway.Verifications.Intake.Planted.Step"
            ),
            (
                "Verifications",
                "Integration.Gateway.Verifications.Intake.Planted.Step uses Integration.Gateway.Verifications.Queries.Planted.Step"
            ),
            (
                "Verifications",
                "Integration.Gateway.Verifications.Queries.Planted.Step uses Integration.Gateway.Verifications.Recording.Planted.Step"
            ),
            (
                "Verifications",
                "Integration.Gateway.Verifications.Recording.Planted.Step uses Integration.Gateway.Verifications.PlantedHandler"
            ),
            (
                "Verifications",
                "Integration.Gateway.Verifications.PlantedHandler uses Integration.Gateway.Verifications.PlantedEndpoints"
            ),
            (
                "Verifications",
                "Integration.Gateway.Verifications.PlantedResponses uses Integration.Gateway.Verifications.Queries.Planted.Step"
            ),
            (
                "Verifications",
                "Integration.Gateway.Verifications.PlantedStore uses Integration.Gateway.Verifications.PlantedHandler"
            ),
            ("Verifications", "Integration.Gateway.Verifications.StandsNowhere stands in no room of Verifications"),
            (
                "Applications",
                "Integration.Gateway.Applications.Model.Planted.Step uses Integration.Gateway.Applications.Intake.Planted.Step"
            ),
            (
                "Applications",
                "Integration.Gateway.Applications.Intake.Planted.Step uses Integration.Gateway.Applications.PlantedProblems"
            ),
            (
                "Applications",
                "Integration.Gateway.Applications.PlantedProblems uses Integration.Gateway.Applications.PlantedStore"
            ),
            (
                "Applications",
                "Integration.Gateway.Applications.PlantedStore uses Integration.Gateway.Applications.PlantedQuery"
            ),
            (
                "Applications",
                "Integration.Gateway.Applications.PlantedQuery uses Integration.Gateway.Applications.Deadlines.Planted.Step"
            ),
            (
                "Applications",
                "Integration.Gateway.Applications.Deadlines.Planted.Step uses Integration.Gateway.Applications.PlantedHandlers"
            ),
            (
                "Applications",
                "Integration.Gateway.Applications.PlantedHandlers uses Integration.Gateway.Applications.PlantedEndpoints"
            ),
            (
                "Applications",
                "Integration.Gateway.Applications.PlantedRecorder uses Integration.Gateway.Applications.Deadlines.Planted.Step"
            ),
            ("Applications", "Integration.Gateway.Applications.StandsNowhere stands in no room of Applications"),
            (
                "Cases",
                "Integration.Gateway.Cases.Model.Planted.Step uses Integration.Gateway.Cases.Intake.Planted.Step"
            ),
            ("Cases", "Integration.Gateway.Cases.Intake.Planted.Step uses Integration.Gateway.Cases.PlantedProblems"),
            ("Cases", "Integration.Gateway.Cases.PlantedProblems uses Integration.Gateway.Cases.PlantedStore"),
            ("Cases", "Integration.Gateway.Cases.PlantedStore uses Integration.Gateway.Cases.Deadlines.Planted.Step"),
            (
                "Cases",
                "Integration.Gateway.Cases.Deadlines.Planted.Step uses Integration.Gateway.Cases.PlantedHandlers"
            ),
            ("Cases", "Integration.Gateway.Cases.PlantedHandlers uses Integration.Gateway.Cases.PlantedEndpoints"),
            ("Cases", "Integration.Gateway.Cases.PlantedAccess uses Integration.Gateway.Cases.PlantedInspector"),
            (
                "Cases",
                "Integration.Gateway.Cases.PlantedInspector uses Integration.Gateway.Cases.Deadlines.Planted.Step"
            ),
            ("Cases", "Integration.Gateway.Cases.PlantedQuery uses Integration.Gateway.Cases.PlantedHandlers"),
            ("Cases", "Integration.Gateway.Cases.StandsNowhere stands in no room of Cases"),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.Model.Planted.Step uses Integration.Gateway.JointApplications.Intake.Planted.Step"
            ),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.Intake.Planted.Step uses Integration.Gateway.JointApplications.PlantedProblems"
            ),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.PlantedProblems uses Integration.Gateway.JointApplications.Places.Planted.Step"
            ),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.Places.Planted.Step uses Integration.Gateway.JointApplications.PlantedStore"
            ),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.PlantedStore uses Integration.Gateway.JointApplications.Proofs.Planted.Step"
            ),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.Proofs.Planted.Step uses Integration.Gateway.JointApplications.Dispatch.Planted.Step"
            ),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.Dispatch.Planted.Step uses Integration.Gateway.JointApplications.Deadlines.Planted.Step"
            ),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.Deadlines.Planted.Step uses Integration.Gateway.JointApplications.PlantedHandlers"
            ),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.PlantedHandlers uses Integration.Gateway.JointApplications.PlantedEndpoints"
            ),
            (
                "JointApplications",
                "Integration.Gateway.JointApplications.StandsNowhere stands in no room of JointApplications"
            ),
            ("Events", "Integration.Gateway.Events.Model.Planted.Step uses Integration.Gateway.Events.PlantedSources"),
            ("Events", "Integration.Gateway.Events.PlantedSources uses Integration.Gateway.Events.Inbox.Planted.Step"),
            (
                "Events",
                "Integration.Gateway.Events.Inbox.Planted.Step uses Integration.Gateway.Events.Intake.Planted.Step"
            ),
            (
                "Events",
                "Integration.Gateway.Events.Intake.Planted.Step uses Integration.Gateway.Events.CatchUp.Planted.Step"
            ),
            (
                "Events",
                "Integration.Gateway.Events.CatchUp.Planted.Step uses Integration.Gateway.Events.Processing.Planted.Step"
            ),
            (
                "Events",
                "Integration.Gateway.Events.Processing.Planted.Step uses Integration.Gateway.Events.PlantedEndpoints"
            ),
            ("Events", "Integration.Gateway.Events.StandsNowhere stands in no room of Events"),
        ];
    }
}

namespace Integration.Gateway.Verifications.Comparing.Planted
{
    internal sealed record Step(global::Integration.Gateway.Verifications.Intake.Planted.Step? Later);
}

namespace Integration.Gateway.Verifications.Intake.Planted
{
    internal sealed record Step(global::Integration.Gateway.Verifications.Queries.Planted.Step? Later);
}

namespace Integration.Gateway.Verifications.Queries.Planted
{
    internal sealed record Step(global::Integration.Gateway.Verifications.Recording.Planted.Step? Later);
}

namespace Integration.Gateway.Verifications.Recording.Planted
{
    internal sealed record Step(global::Integration.Gateway.Verifications.PlantedHandler? Later);
}

namespace Integration.Gateway.Verifications
{
    internal sealed record PlantedStore(global::Integration.Gateway.Verifications.PlantedHandler? Later);

    internal sealed record PlantedResponses(global::Integration.Gateway.Verifications.Queries.Planted.Step? Later);

    internal sealed record PlantedHandler(global::Integration.Gateway.Verifications.PlantedEndpoints? Later);

    internal sealed record PlantedEndpoints;

    internal sealed record StandsNowhere;
}

namespace Integration.Gateway.Applications.Model.Planted
{
    internal sealed record Step(global::Integration.Gateway.Applications.Intake.Planted.Step? Later);
}

namespace Integration.Gateway.Applications.Intake.Planted
{
    internal sealed record Step(global::Integration.Gateway.Applications.PlantedProblems? Later);
}

namespace Integration.Gateway.Applications
{
    internal sealed record PlantedRecorder(global::Integration.Gateway.Applications.Deadlines.Planted.Step? Later);

    internal sealed record PlantedProblems(global::Integration.Gateway.Applications.PlantedStore? Later);

    internal sealed record PlantedStore(global::Integration.Gateway.Applications.PlantedQuery? Later);

    internal sealed record PlantedQuery(global::Integration.Gateway.Applications.Deadlines.Planted.Step? Later);

    internal sealed record PlantedHandlers(global::Integration.Gateway.Applications.PlantedEndpoints? Later);

    internal sealed record PlantedEndpoints;

    internal sealed record StandsNowhere;
}

namespace Integration.Gateway.Applications.Deadlines.Planted
{
    internal sealed record Step(global::Integration.Gateway.Applications.PlantedHandlers? Later);
}

namespace Integration.Gateway.Cases.Model.Planted
{
    internal sealed record Step(global::Integration.Gateway.Cases.Intake.Planted.Step? Later);
}

namespace Integration.Gateway.Cases.Intake.Planted
{
    internal sealed record Step(global::Integration.Gateway.Cases.PlantedProblems? Later);
}

namespace Integration.Gateway.Cases
{
    internal sealed record PlantedQuery(global::Integration.Gateway.Cases.PlantedHandlers? Later);

    internal sealed record PlantedInspector(global::Integration.Gateway.Cases.Deadlines.Planted.Step? Later);

    internal sealed record PlantedAccess(global::Integration.Gateway.Cases.PlantedInspector? Later);

    internal sealed record PlantedProblems(global::Integration.Gateway.Cases.PlantedStore? Later);

    internal sealed record PlantedStore(global::Integration.Gateway.Cases.Deadlines.Planted.Step? Later);

    internal sealed record PlantedHandlers(global::Integration.Gateway.Cases.PlantedEndpoints? Later);

    internal sealed record PlantedEndpoints;

    internal sealed record StandsNowhere;
}

namespace Integration.Gateway.Cases.Deadlines.Planted
{
    internal sealed record Step(global::Integration.Gateway.Cases.PlantedHandlers? Later);
}

namespace Integration.Gateway.JointApplications.Model.Planted
{
    internal sealed record Step(global::Integration.Gateway.JointApplications.Intake.Planted.Step? Later);
}

namespace Integration.Gateway.JointApplications.Intake.Planted
{
    internal sealed record Step(global::Integration.Gateway.JointApplications.PlantedProblems? Later);
}

namespace Integration.Gateway.JointApplications
{
    internal sealed record PlantedProblems(global::Integration.Gateway.JointApplications.Places.Planted.Step? Later);

    internal sealed record PlantedStore(global::Integration.Gateway.JointApplications.Proofs.Planted.Step? Later);

    internal sealed record PlantedHandlers(global::Integration.Gateway.JointApplications.PlantedEndpoints? Later);

    internal sealed record PlantedEndpoints;

    internal sealed record StandsNowhere;
}

namespace Integration.Gateway.JointApplications.Places.Planted
{
    internal sealed record Step(global::Integration.Gateway.JointApplications.PlantedStore? Later);
}

namespace Integration.Gateway.JointApplications.Proofs.Planted
{
    internal sealed record Step(global::Integration.Gateway.JointApplications.Dispatch.Planted.Step? Later);
}

namespace Integration.Gateway.JointApplications.Dispatch.Planted
{
    internal sealed record Step(global::Integration.Gateway.JointApplications.Deadlines.Planted.Step? Later);
}

namespace Integration.Gateway.JointApplications.Deadlines.Planted
{
    internal sealed record Step(global::Integration.Gateway.JointApplications.PlantedHandlers? Later);
}

namespace Integration.Gateway.Events.Model.Planted
{
    internal sealed record Step(global::Integration.Gateway.Events.PlantedSources? Later);
}

namespace Integration.Gateway.Events
{
    internal sealed record PlantedSources(global::Integration.Gateway.Events.Inbox.Planted.Step? Later);

    internal sealed record PlantedEndpoints;

    internal sealed record StandsNowhere;
}

namespace Integration.Gateway.Events.Inbox.Planted
{
    internal sealed record Step(global::Integration.Gateway.Events.Intake.Planted.Step? Later);
}

namespace Integration.Gateway.Events.Intake.Planted
{
    internal sealed record Step(global::Integration.Gateway.Events.CatchUp.Planted.Step? Later);
}

namespace Integration.Gateway.Events.CatchUp.Planted
{
    internal sealed record Step(global::Integration.Gateway.Events.Processing.Planted.Step? Later);
}

namespace Integration.Gateway.Events.Processing.Planted
{
    internal sealed record Step(global::Integration.Gateway.Events.PlantedEndpoints? Later);
}
