// Each type breaks exactly one rule; the namespaces are those of the product on purpose.
#pragma warning disable CA1812, CA1852, IDE0130, MA0047, MA0182

namespace Integration.Architecture.Tests.Planted
{
    internal static class PlantedDirections
    {
        /// <summary>The planted violation of a rule; a rule without one fails its test.</summary>
        public static string For(string rule) =>
            rule switch
            {
                "Contracts use nothing of ours" =>
                    "Integration.Contracts.Planted.UsesAdapters uses Integration.Adapters.Ports.CallTrace",
                "Adapters never use the gateway" =>
                    "Integration.Adapters.Planted.UsesGateway uses Integration.Gateway.Platform.Problems.Refusal",
                "The gateway knows the adapters by their ports and one registration" =>
                    "Integration.Gateway.Planted.UsesAnAgency uses Integration.Adapters.RealEstate.Planted.Title",
                "No agency uses another" =>
                    "Integration.Adapters.LicenceLibrary.Planted.UsesRealEstate uses Integration.Adapters.RealEstate.Planted.Title",
                "Agencies stand on the way out, never the other way" =>
                    "Integration.Adapters.Http.Planted.UsesAnAgency uses Integration.Adapters.RealEstate.Planted.Title",
                "The rooms of the way out use only those that they stand on" =>
                    "Integration.Adapters.Http.Wire.Planted.UsesGates uses Integration.Adapters.Http.Gates.Planted.Queue",
                "Capabilities never use flows" =>
                    "Integration.Gateway.Grants.Planted.UsesAFlow uses Integration.Gateway.Events.Planted.Step",
                "The platform uses no capability and no flow" =>
                    "Integration.Gateway.Platform.Planted.UsesACapability uses Integration.Gateway.Grants.Planted.UsesAFlow",
                "Verifications use no other flow" =>
                    "Integration.Gateway.Verifications.Planted.UsesEvents uses Integration.Gateway.Events.Planted.Step",
                "Applications use Verifications only" =>
                    "Integration.Gateway.Applications.Planted.UsesEvents uses Integration.Gateway.Events.Planted.Step",
                "Events use Applications and JointApplications only" =>
                    "Integration.Gateway.Events.Planted.UsesVerifications uses Integration.Gateway.Verifications.Planted.UsesEvents",
                "JointApplications use Verifications only" =>
                    "Integration.Gateway.JointApplications.Planted.UsesEvents uses Integration.Gateway.Events.Planted.Step",
                _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Plant a violation for this rule."),
            };
    }
}

namespace Integration.Contracts.Planted
{
    internal sealed record UsesAdapters(Adapters.Ports.CallTrace? Trace);
}

namespace Integration.Adapters.Planted
{
    internal sealed record UsesGateway(Gateway.Platform.Problems.Refusal? Refusal);
}

namespace Integration.Adapters.RealEstate.Planted
{
    internal sealed record Title;
}

namespace Integration.Adapters.LicenceLibrary.Planted
{
    internal sealed record UsesRealEstate(RealEstate.Planted.Title? Title);
}

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry.Planted
{
    internal sealed record Person;
}

namespace Integration.Adapters.ProvincialNetwork.BusinessLicence.Planted
{
    internal sealed record UsesPopulation(PopulationRegistry.Planted.Person? Person);
}

namespace Integration.Adapters.Utilities.Gas.Planted
{
    internal sealed record UsesWater(Water.Planted.Order? Order);
}

namespace Integration.Adapters.Utilities.Water.Planted
{
    internal sealed record Order;
}

namespace Integration.Adapters.Http.Gates.Planted
{
    internal sealed record Queue;
}

namespace Integration.Adapters.Http.Wire.Planted
{
    internal sealed record UsesGates(Gates.Planted.Queue? Queue);
}

namespace Integration.Adapters.Http.Planted
{
    internal sealed record UsesAnAgency(RealEstate.Planted.Title? Title);
}

namespace Integration.Gateway.Planted
{
    internal static class UsesAnAgency
    {
        // Inside a method body, where reflection on signatures would not see it.
        public static string Name() => new Adapters.RealEstate.Planted.Title().ToString();
    }
}

namespace Integration.Gateway.Platform.Planted
{
    internal sealed record UsesACapability(Grants.Planted.UsesAFlow? Flow);
}

namespace Integration.Gateway.Grants.Planted
{
    internal sealed record UsesAFlow(Events.Planted.Step? Step);
}

namespace Integration.Gateway.Verifications.Planted
{
    internal sealed record UsesEvents(Events.Planted.Step? Step);
}

namespace Integration.Gateway.Applications.Planted
{
    internal sealed record UsesEvents(Events.Planted.Step? Step);
}

namespace Integration.Gateway.Events.Planted
{
    internal sealed record Step;

    internal sealed record UsesVerifications(Verifications.Planted.UsesEvents? Uses);
}

namespace Integration.Gateway.JointApplications.Planted
{
    internal sealed record UsesEvents(Events.Planted.Step? Step);
}
