using System.Text.Json.Nodes;
using Integration.Testing;
using Integration.Testing.Drivers;

namespace Integration.FlowTests.JointApplications;

/// <summary>Further clients of one utility in the callers file, each with grants of its own; all prove themselves by the first one's secret.</summary>
internal static class UtilityClients
{
    /// <summary>Adds a client.</summary>
    /// <param name="callers">The callers file.</param>
    /// <param name="utility">The utility; also the id of the client that has every grant.</param>
    /// <param name="id">The new client.</param>
    /// <param name="isFirst">Whether it stands before every other client.</param>
    public static void Add(JsonObject callers, string utility, string id, bool isFirst = false)
    {
        var clients = callers["clients"]!.AsArray();
        var client = clients.Single(entry => (string)entry!["id"]! == utility)!.DeepClone();
        client["id"] = id;
        clients.Insert(isFirst ? 0 : clients.Count, client);
    }

    /// <summary>Grants a client something.</summary>
    /// <param name="callers">The callers file.</param>
    /// <param name="client">The client.</param>
    /// <param name="service">The service.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="fields">The fields, separated by blanks.</param>
    /// <param name="until">Its last day.</param>
    public static void Grant(
        JsonObject callers,
        string client,
        string service,
        string purpose,
        string fields,
        string until = "2099-12-31"
    ) =>
        callers["grants"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["id"] = $"{client}-{service}",
                    ["client"] = client,
                    ["service"] = service,
                    ["purposes"] = new JsonArray(purpose),
                    ["fields"] = new JsonArray([
                        .. fields.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => (JsonNode)field),
                    ]),
                    ["validFrom"] = "2026-01-01",
                    ["validUntil"] = until,
                    ["approvalNumber"] = $"A-{client}",
                }
            );

    /// <summary>A driver for such a client.</summary>
    public static HallDriver Client(this IntegrationHost host, string utility, string id) =>
        new(host.Gateway, id, File.ReadAllText(host.SecretFile($"client-{utility}")).Trim(), host.Time);
}
