using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Integration.Testing.Recording;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Callers;

/// <summary>A callers file, a signing key and a clock of one test's own.</summary>
internal sealed class CallersFileBuilder : IDisposable
{
    public const string Secret = "hall-secret-0123456789-abcdef";
    public const string Issuer = "http://gateway.test/";
    private readonly string _folder = Path.Combine(
        AppContext.BaseDirectory,
        "callers",
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))
    );

    public CallersFileBuilder()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(PathOf("hall.secret"), Secret + "\n");
        File.WriteAllText(PathOf("signing.pem"), SigningKey.ExportPkcs8PrivateKeyPem());
    }

    public ECDsa SigningKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>What a host of these callers logs.</summary>
    public LogSink Logs { get; } = new();

    public bool AllowHttp { get; init; } = true;

    /// <summary>Overrides or adds settings; null removes one.</summary>
    public Dictionary<string, string?> Extra { get; } = new(StringComparer.Ordinal);

    public string CallersPath => PathOf("callers.json");

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>One hall client with a secret, and a grant for it.</summary>
    public JsonObject NewFile() =>
        new() { ["clients"] = new JsonArray(Client("hall")), ["grants"] = new JsonArray(Grant("g-1", "hall")) };

    public JsonObject Client(string id) =>
        new()
        {
            ["id"] = id,
            ["kind"] = "hall",
            ["enabled"] = true,
            ["require"] = "token",
            ["secret"] = $"file:{PathOf("hall.secret")}",
        };

    public static JsonObject Grant(string id, string client) =>
        new()
        {
            ["id"] = id,
            ["client"] = client,
            ["service"] = "identity",
            ["purposes"] = new JsonArray("electricity.new-connection"),
            ["fields"] = new JsonArray("name", "idNumber"),
            ["validFrom"] = "2026-01-01",
            ["validUntil"] = "2026-12-31",
            ["approvalNumber"] = "JZ-2026-001",
        };

    public CallersFileBuilder Write(JsonObject file)
    {
        File.WriteAllText(CallersPath, file.ToJsonString());
        return this;
    }

    public CallersFileBuilder Write(Action<JsonObject> change)
    {
        var file = NewFile();
        change(file);
        return Write(file);
    }

    public IEnumerable<KeyValuePair<string, string?>> Settings()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Gateway:Callers"] = CallersPath,
            ["Gateway:Tokens:SigningKey"] = $"file:{PathOf("signing.pem")}",
            ["Gateway:Tokens:Issuer"] = Issuer,
            ["Gateway:Tokens:AllowHttp"] = AllowHttp ? "true" : "false",
        };
        foreach (var (key, value) in Extra)
        {
            settings[key] = value;
        }

        return settings.Where(pair => pair.Value is not null);
    }

    public void Dispose()
    {
        SigningKey.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
