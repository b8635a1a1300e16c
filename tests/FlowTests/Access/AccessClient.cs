using System.Text.Json.Nodes;

namespace Integration.FlowTests.Access;

/// <summary>The clients of the access table. Objects belong to <c>hall</c> unless the row says otherwise.</summary>
internal enum AccessClient
{
    /// <summary>No token.</summary>
    None,

    /// <summary>The owner of the objects.</summary>
    Hall,

    /// <summary>A second hall with every grant of the first.</summary>
    HallOther,

    /// <summary>A hall without a grant.</summary>
    HallBare,

    /// <summary>A hall whose grants have ended; it is asked about objects of its own, made while they held.</summary>
    HallEnded,

    /// <summary>The system that sent the event.</summary>
    Municipal,

    /// <summary>Another municipal system with the same grants.</summary>
    MunicipalOther,

    /// <summary>The provider whose leg it is.</summary>
    Network,

    /// <summary>A second client of the same provider, without a grant.</summary>
    NetworkBare,

    /// <summary>Another provider.</summary>
    Water,

    /// <summary>Operators.</summary>
    Ops,
}

internal static class AccessClients
{
    public static IReadOnlyList<AccessClient> All { get; } = Enum.GetValues<AccessClient>();

    /// <summary>The id in the callers file.</summary>
    public static string IdOf(AccessClient client) =>
        client switch
        {
            AccessClient.None => "no token",
            AccessClient.HallOther => "hall-other",
            AccessClient.HallBare => "hall-bare",
            AccessClient.HallEnded => "hall-ended",
            AccessClient.MunicipalOther => "municipal-other",
            AccessClient.NetworkBare => "network-bare",
            _ => client.ToString().ToLowerInvariant(),
        };

    /// <summary>Adds the clients that the usual callers file lacks; each shares the secret of the one it is a twin of.</summary>
    public static void Add(JsonObject callers)
    {
        Twin(callers, "hall", "hall-other", withGrants: true);
        Twin(callers, "hall", "hall-bare", withGrants: false);
        Twin(callers, "hall", "hall-ended", withGrants: true);
        Twin(callers, "municipal", "municipal-other", withGrants: true);
        Twin(callers, "network", "network-bare", withGrants: false);
    }

    /// <summary>Ends every grant of a client on a day that has passed.</summary>
    public static void End(JsonObject callers, string client)
    {
        foreach (var grant in GrantsOf(callers, client))
        {
            grant["validUntil"] = "2026-01-02";
        }
    }

    private static void Twin(JsonObject callers, string of, string id, bool withGrants)
    {
        var clients = callers["clients"]!.AsArray();
        var twin = clients.Single(client => (string?)client!["id"] == of)!.DeepClone();
        twin["id"] = id;
        clients.Add(twin);
        if (!withGrants)
        {
            return;
        }

        foreach (var grant in GrantsOf(callers, of))
        {
            var copy = grant.DeepClone();
            copy["id"] = $"{id}-{grant["id"]}";
            copy["client"] = id;
            callers["grants"]!.AsArray().Add(copy);
        }
    }

    private static List<JsonNode> GrantsOf(JsonObject callers, string client) =>
        [.. callers["grants"]!.AsArray().Where(grant => (string?)grant!["client"] == client).OfType<JsonNode>()];
}
