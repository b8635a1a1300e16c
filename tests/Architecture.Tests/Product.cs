using System.Reflection;
using Integration.Adapters;
using Integration.Contracts;
using Integration.Gateway.Platform;
using Integration.Sandbox.Door;

namespace Integration.Architecture.Tests;

/// <summary>The assemblies these tests look at.</summary>
internal static class Product
{
    public static Assembly Contracts { get; } = typeof(IntegrationJson).Assembly;

    public static Assembly Adapters { get; } = typeof(AgencyAdapters).Assembly;

    public static Assembly Gateway { get; } = typeof(Identifiers).Assembly;

    public static Assembly Sandbox { get; } = typeof(Agency).Assembly;

    public static Assembly Try { get; } = Assembly.Load("Integration.Try");

    public static Assembly Tests { get; } = typeof(Product).Assembly;

    public static IReadOnlyList<Assembly> All { get; } = [Contracts, Adapters, Gateway, Sandbox, Try];
}
