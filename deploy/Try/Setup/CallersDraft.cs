using System.Security.Cryptography;
using System.Text.Json;
using Integration.Gateway.Grants;

namespace Integration.Try.Setup;

/// <summary>The callers file: who may call, and what each was approved for. Written anew at each start; the secrets stay.</summary>
internal static class CallersDraft
{
    /// <summary>The hall, with everything.</summary>
    public const string Hall = "hall";

    /// <summary>A hall that may not see property data, and applies for new connections only.</summary>
    public const string LimitedHall = "hall-limited";

    /// <summary>The municipal system that hands events in.</summary>
    public const string Municipal = "municipal";

    /// <summary>The supplier's own system, which reports milestones and stops of the halls' cases.</summary>
    public const string Electricity = "electricity";

    private const string FirstDay = "2026-01-01";
    private const string LastDay = "2099-12-31";

    private static readonly (string Id, string Kind, string? Utility)[] Clients =
    [
        (Hall, "hall", null),
        (LimitedHall, "hall", null),
        (Municipal, "municipal", null),
        (Electricity, "utility", "electricity"),
        ("water", "utility", "water"),
        ("gas", "utility", "gas"),
        ("network", "utility", "network"),
        ("television", "utility", "television"),
        ("ops", "ops", null),
    ];

    private static IEnumerable<string> Utilities => Clients.Select(client => client.Utility).OfType<string>();

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Writes the file and returns the clients it names.</summary>
    public static IReadOnlyList<LocalClient> Write(
        string file,
        SecretFolder secrets,
        IReadOnlyList<SharedResource> shared
    )
    {
        var clients = Clients
            .Select(client => new LocalClient(
                client.Id,
                secrets.GetOrCreate(SecretName(client.Id), FreshSecret),
                client.Kind,
                client.Utility
            ))
            .ToList();
        var content = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["clients"] = clients.Select(client => Entry(client, secrets)),
            ["grants"] = Grants().Concat(Handovers()).Concat(shared.Select(resource => SharedGrant(Hall, resource))),
        };
        File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(content, Readable));
        return clients;
    }

    private static Dictionary<string, object> Entry(LocalClient client, SecretFolder secrets)
    {
        var entry = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = client.Id,
            ["kind"] = client.Kind,
            ["enabled"] = true,
            ["require"] = "token",
            ["secret"] = secrets.Reference(SecretName(client.Id)),
        };
        if (client.Utility is { } utility)
        {
            entry["utility"] = utility;
        }

        return entry;
    }

    private static IEnumerable<Dictionary<string, object>> Grants() =>
        ServiceFields
            .All.Keys.Order(StringComparer.Ordinal)
            .SelectMany(service =>
                service switch
                {
                    ServiceFields.PropertyTitle => [Grant(Hall, service, Purposes.All)],
                    ServiceFields.Cases =>
                    [
                        Grant(Hall, service, Purposes.All),
                        Grant(LimitedHall, service, [Purposes.NewConnection]),
                        GrantOfCases(Electricity, [Hall, LimitedHall]),
                    ],
                    ServiceFields.JointApplications =>
                    [
                        Grant(Hall, service, [Purposes.JointNew, Purposes.JointTransfer]),
                    ],
                    ServiceFields.Legs => Utilities.Select(utility =>
                        Grant(utility, service, [Purposes.JointNew, Purposes.JointTransfer])
                    ),
                    ServiceFields.Events =>
                    [
                        Grant(Municipal, service, [Purposes.EnterpriseOpening, Purposes.JointTransfer]),
                    ],
                    _ => (IEnumerable<Dictionary<string, object>>)
                        [Grant(Hall, service, Purposes.All), Grant(LimitedHall, service, [Purposes.NewConnection])],
                }
            );

    /// <summary>What each provider gets of a joint application's proofs: television, which only files, no property data.</summary>
    private static IEnumerable<Dictionary<string, object>> Handovers()
    {
        string[] purposes = [Purposes.JointNew, Purposes.JointTransfer];
        foreach (var utility in Utilities)
        {
            yield return Grant(utility, ServiceFields.Identity, purposes);
            yield return Grant(utility, ServiceFields.BusinessLicence, purposes);
            if (utility != "television")
            {
                yield return Grant(utility, ServiceFields.PropertyTitle, purposes);
            }
        }
    }

    private static Dictionary<string, object> Grant(string client, string service, IEnumerable<string> purposes) =>
        new(StringComparer.Ordinal)
        {
            ["id"] = $"{client}-{service}",
            ["client"] = client,
            ["service"] = service,
            ["purposes"] = purposes.Order(StringComparer.Ordinal),
            ["fields"] = ServiceFields.All[service].Order(StringComparer.Ordinal),
            ["validFrom"] = FirstDay,
            ["validUntil"] = LastDay,
            ["approvalNumber"] = $"公政数试〔2026〕{client}号",
        };

    /// <summary>Cases of others are reached only where the grant names their owners.</summary>
    private static Dictionary<string, object> GrantOfCases(string client, IReadOnlyList<string> owners) =>
        new(Grant(client, ServiceFields.Cases, Purposes.All), StringComparer.Ordinal) { ["owners"] = owners };

    private static Dictionary<string, object> SharedGrant(string client, SharedResource resource) =>
        new(StringComparer.Ordinal)
        {
            ["id"] = $"{client}-share-{resource.Name}",
            ["client"] = client,
            ["service"] = $"share:{resource.Name}",
            ["methods"] = resource.Methods,
            ["paths"] = resource.Paths,
            ["purposes"] = resource.Purposes,
            ["fields"] = resource.Fields,
            ["validFrom"] = FirstDay,
            ["validUntil"] = LastDay,
            ["approvalNumber"] = resource.ApprovalNumber,
        };

    /// <summary>Name of a client's secret in the folder of secrets.</summary>
    public static string SecretName(string client) => $"client-{client}";

    private static string FreshSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
