using System.Security.Cryptography;
using Integration.Sandbox;

namespace Integration.Try.Setup;

/// <summary>
/// Everything a gateway and its sandbox agencies need, in one directory: keys, certificates, secrets, callers and grants.
/// What is there is kept, so that a second start on the same directory goes on where the first stopped.
/// </summary>
internal sealed class LocalSetup
{
    private const string HookSecretFile = "hall-hook.secret";
    private const int HookSecretBytes = 32;
    private readonly string _directory;
    private readonly SecretFolder _secrets;
    private readonly IReadOnlyDictionary<string, string?> _keys;

    private LocalSetup(string directory, TimeProvider time)
    {
        _directory = Path.GetFullPath(directory);
        Directory.CreateDirectory(_directory);
        _secrets = new SecretFolder(Path.Combine(_directory, "secrets"));
        _keys = LocalKeys.Settings(_secrets, time);
        Agencies = SandboxCredentials.LoadOrCreate(_secrets.PathOf("sandbox-credentials.json"));
        var catalogue = SharedResources.Write(CatalogueFile);
        Clients = CallersDraft.Write(CallersFile, _secrets, catalogue);
        Sources = EventSources.Prepare(_secrets, time);
    }

    public SandboxCredentials Agencies { get; }

    public IReadOnlyList<LocalClient> Clients { get; }

    public IReadOnlyList<EventSource> Sources { get; }

    public string CallersFile => Path.Combine(_directory, "callers.json");

    /// <summary>The service catalogue; a copy of its own, so that it can be changed while the gateway runs.</summary>
    public string CatalogueFile => Path.Combine(_directory, "catalogue.json");

    /// <summary>The events that this installation's municipal system has sent.</summary>
    public string EventFolder => Path.Combine(_directory, "events");

    /// <summary>The secret that gateway and the hall's web-hook share.</summary>
    public string HookSecret => _secrets.GetOrCreate(HookSecretFile, NewHookSecret);

    public string LogFile => Path.Combine(_directory, "gateway.log");

    public static LocalSetup In(string directory, TimeProvider time) => new(directory, time);

    public LocalClient Client(string id) => Clients.Single(client => client.Id == id);

    /// <summary>Where a client's secret stands.</summary>
    public string SecretFileOf(string clientId) => _secrets.PathOf(CallersDraft.SecretName(clientId));

    /// <summary>The hall has a web-hook; only while something listens there, because otherwise notices would wait in vain.</summary>
    public IReadOnlyDictionary<string, string?> WithHook(IReadOnlyDictionary<string, string?> settings, Uri address) =>
        new Dictionary<string, string?>(settings, StringComparer.Ordinal)
        {
            ["Gateway:Notices:Subscribers:0:Name"] = "hall-web",
            ["Gateway:Notices:Subscribers:0:Client"] = CallersDraft.Hall,
            ["Gateway:Notices:Subscribers:0:Address"] = address.ToString(),
            ["Gateway:Notices:Subscribers:0:Secret"] = _secrets.Reference(HookSecretFile),
        };

    /// <summary>The gateway's whole configuration; secrets by reference only.</summary>
    public IReadOnlyDictionary<string, string?> GatewaySettings(Uri gateway, Uri sandbox) =>
        new Dictionary<string, string?>(
            _keys.Concat(AgencySettings.For(sandbox, Agencies, _secrets)).Concat(EventSources.Settings(_secrets)),
            StringComparer.Ordinal
        )
        {
            ["Gateway:Callers"] = CallersFile,
            ["Gateway:Sharing:Catalogue"] = CatalogueFile,
            ["Gateway:Tokens:Issuer"] = gateway.ToString(),
            ["Gateway:Tokens:AllowHttp"] = "true",
            ["Gateway:Database:ConnectionString"] = $"Data Source={Path.Combine(_directory, "gateway.sqlite")}",
        };

    private static string NewHookSecret() =>
        $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(HookSecretBytes))}";
}
