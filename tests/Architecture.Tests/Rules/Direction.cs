using ArchUnitNET.Domain.Extensions;

namespace Integration.Architecture.Tests.Rules;

/// <summary>Who may not use whom.</summary>
/// <param name="Name">What the rule says, as in ARCHITECTURE.md.</param>
/// <param name="Forbids">Whether a type of the first place may not use a type of the second.</param>
internal sealed record Direction(string Name, Func<Place, Place, bool> Forbids)
{
    private static readonly string[] s_flows = ["Verifications", "Applications", "Events", "JointApplications"];

    /// <summary>The rooms of <c>src/Adapters/Http</c> ("" is the folder itself), and which others each may use; as in its README.</summary>
    private static readonly Dictionary<string, string[]> s_wayOut = new(StringComparer.Ordinal)
    {
        [""] = ["Gates", "Settings", "Wire", "Diagnosis"],
        ["Wire"] = [],
        ["Settings"] = [],
        ["Gates"] = ["", "Settings"],
        ["Keys"] = ["", "Settings"],
        ["Dialects"] = ["Keys"],
        ["Clients"] = ["", "Dialects", "Settings", "Wire"],
        ["Forwarding"] = ["", "Dialects", "Settings", "Wire"],
        ["Diagnosis"] = ["", "Keys", "Settings"],
    };

    public static IReadOnlyList<Direction> All { get; } =
    [
        new("Contracts use nothing of ours", (from, to) => from.IsIn("Contracts") && to.IsIn("Adapters", "Gateway")),
        new("Adapters never use the gateway", (from, to) => from.IsIn("Adapters") && to.IsIn("Gateway")),
        new(
            "The gateway knows the adapters by their ports and one registration",
            (from, to) =>
                from.IsIn("Gateway")
                && to.IsIn("Adapters")
                && to.Folder != "Ports"
                && to.FullName != "Integration.Adapters.AgencyAdapters"
        ),
        new("No agency uses another", (from, to) => from.Agency is { } a && to.Agency is { } b && a != b),
        new("Agencies stand on the way out, never the other way", (from, to) => from.IsWayOut && to.Agency is not null),
        new(
            "The rooms of the way out use only those that they stand on",
            (from, to) =>
                from.WayOutRoom is { } room
                && to.WayOutRoom is { } used
                && room != used
                && !s_wayOut.GetValueOrDefault(room, []).Contains(used, StringComparer.Ordinal)
        ),
        new(
            "Capabilities never use flows",
            (from, to) => from.IsIn("Gateway") && from.Folder is { } folder && !IsFlow(folder) && IsFlow(to)
        ),
        new(
            "The platform uses no capability and no flow",
            (from, to) =>
                from.IsIn("Gateway") && from.Folder == "Platform" && to.IsIn("Gateway") && to.Folder != "Platform"
        ),
        new("Verifications use no other flow", (from, to) => IsFlow(from, "Verifications") && IsOtherFlow(from, to)),
        new(
            "Applications use Verifications only",
            (from, to) => IsFlow(from, "Applications") && IsOtherFlow(from, to, "Verifications")
        ),
        new(
            "Events use Applications and JointApplications only",
            (from, to) => IsFlow(from, "Events") && IsOtherFlow(from, to, "Applications", "JointApplications")
        ),
        new(
            "JointApplications use Verifications only",
            (from, to) => IsFlow(from, "JointApplications") && IsOtherFlow(from, to, "Verifications")
        ),
    ];

    public IEnumerable<string> Violations(ArchUnitNET.Domain.Architecture architecture) =>
        from type in architecture.Types
        // Generated: the compiled model names the rows of every folder.
        where !type.FullName.Contains(".Platform.Database.Migrations.", StringComparison.Ordinal)
        let place = new Place(type.FullName)
        from used in type.GetTypeDependencies().Distinct()
        // The loader gives unrelated generic parameters of the same name one identity.
        where used is not ArchUnitNET.Domain.GenericParameter && Forbids(place, new Place(used.FullName))
        select $"{type.FullName} uses {used.FullName}";

    private static bool IsFlow(string folder) => s_flows.Contains(folder, StringComparer.Ordinal);

    private static bool IsFlow(Place place) => place.IsIn("Gateway") && place.Folder is { } folder && IsFlow(folder);

    private static bool IsFlow(Place place, string flow) => place.IsIn("Gateway") && place.Folder == flow;

    private static bool IsOtherFlow(Place from, Place to, params ReadOnlySpan<string> allowed) =>
        IsFlow(to) && to.Folder != from.Folder && !allowed.Contains(to.Folder);
}

/// <summary>Where a type stands: <c>Integration.&lt;project&gt;.&lt;folder&gt;….&lt;type&gt;</c>.</summary>
internal sealed record Place(string FullName)
{
    private readonly string[] _parts = FullName.Split('.');

    /// <summary>The folder below the project; null for a type that stands in the project's root.</summary>
    public string? Folder => _parts.Length > 3 ? _parts[2] : null;

    /// <summary>
    /// The agency a type belongs to. <c>ProvincialNetwork</c> itself is the road that several agencies share;
    /// <c>Utilities</c> and <c>ProvincialNetwork</c> hold one agency per folder.
    /// </summary>
    public string? Agency =>
        !IsIn("Adapters") || IsWayOut || Folder is null or "Ports" ? null
        : Folder is "ProvincialNetwork" or "Utilities" ? (_parts.Length > 4 ? _parts[3] : null)
        : Folder;

    /// <summary>The room of the way out (<c>Http</c>) a type stands in, "" for the folder itself; null for a type elsewhere.</summary>
    public string? WayOutRoom =>
        !IsIn("Adapters") || Folder is not "Http" ? null
        : _parts.Length > 4 ? _parts[3]
        : string.Empty;

    /// <summary>The one way out and the shared road.</summary>
    public bool IsWayOut =>
        IsIn("Adapters") && (Folder is "Http" || (Folder is "ProvincialNetwork" && _parts.Length == 4));

    public bool IsIn(params ReadOnlySpan<string> projects) =>
        _parts.Length > 2 && _parts[0] == "Integration" && projects.Contains(_parts[1]);
}
