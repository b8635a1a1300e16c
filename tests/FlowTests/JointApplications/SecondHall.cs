using System.Text.Json.Nodes;

namespace Integration.FlowTests.JointApplications;

/// <summary>A second hall that may do all that the first may, so that only whose an application is makes the difference.</summary>
internal static class SecondHall
{
    public const string Client = "hall-limited";

    /// <summary>Gives it every grant of the first.</summary>
    public static void Grant(JsonObject callers)
    {
        var grants = callers["grants"]!.AsArray();
        foreach (var own in grants.Where(grant => Of(grant) == Client).ToList())
        {
            grants.Remove(own);
        }

        foreach (var grant in grants.Where(grant => Of(grant) == "hall").Select(grant => grant!.DeepClone()).ToList())
        {
            grant["client"] = Client;
            grant["id"] = $"second-{grant["id"]!.GetValue<string>()}";
            grants.Add(grant);
        }
    }

    private static string Of(JsonNode? grant) => grant!["client"]!.GetValue<string>();
}
