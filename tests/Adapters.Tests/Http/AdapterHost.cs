using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Http;

/// <summary>The adapters as the gateway registers them, from a configuration and secrets of the test's own.</summary>
internal sealed class AdapterHost : IAsyncDisposable
{
    private readonly string _secrets = Directory.CreateTempSubdirectory("integration-adapters-").FullName;
    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);
    private ServiceProvider? _services;

    public TimeProvider Time { get; init; } =
        new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));

    /// <summary>The clock, where a test can move it.</summary>
    public FakeTimeProvider Clock => (FakeTimeProvider)Time;

    public IServiceProvider Services => _services ??= Build();

    public IIdentitySource Identity => Services.GetRequiredService<IIdentitySource>();

    public IHouseholdSource Household => Services.GetRequiredService<IHouseholdSource>();

    public IBusinessLicenceSource Licences => Services.GetRequiredService<IBusinessLicenceSource>();

    public IBusinessLicenceComparisonSource Comparisons =>
        Services.GetRequiredService<IBusinessLicenceComparisonSource>();

    /// <summary>The provincial network with the credentials given, at the address given.</summary>
    public static AdapterHost ForNetwork(Uri address, NetworkCredentials credentials, TimeProvider? time = null)
    {
        var host = time is null ? new AdapterHost() : new AdapterHost { Time = time };
        host.Set("exchange-platform:BaseAddress", address.ToString());
        host.Set("exchange-platform:RequesterId", credentials.RequesterId);
        host.SetSecret("exchange-platform:ApplicationKey", credentials.ApplicationKey);
        host.Set("population-registry:CheckService", "s_population_check");
        host.Set("population-registry:BasicDataService", "s_population_basic");
        host.Set("population-registry:User", credentials.PopulationUser);
        host.SetSecret("population-registry:Password", credentials.PopulationPassword);
        host.SetSecret("population-registry:Requester:OfficerIdNumber", "421022199001010015");
        foreach (var text in s_requesterTexts)
        {
            host.Set($"population-registry:Requester:{text}", $"T-{text}");
        }

        host.Set("business-licence:QueryService", "s_enterprise_query");
        host.Set("business-licence:VerifyService", "s_enterprise_verify");
        host.SetSecret("business-licence:AuthorisationCode", credentials.AuthorisationCode);
        foreach (var agency in (string[])["exchange-platform", "population-registry", "business-licence"])
        {
            host.Set($"{agency}:Limits:RetryDelay", "00:00:00");
        }

        return host;
    }

    public void Set(string key, string? value) => _settings[$"Agencies:{key}"] = value;

    public void SetSecret(string key, string secret)
    {
        var file = Path.Combine(_secrets, key.Replace(':', '-'));
        File.WriteAllText(file, secret + "\n");
        Set(key, $"file:{file}");
    }

    public void Remove(string key) => _settings.Remove($"Agencies:{key}");

    /// <summary>What the host does at start: checks all options.</summary>
    public void Start() => Services.GetRequiredService<IStartupValidator>().Validate();

    public AgencyRequest Request(TimeSpan? time = null) =>
        new(
            "CASE-1",
            Guid.CreateVersion7(Time.GetUtcNow()).ToString("N"),
            "hall",
            "electricity.new-connection",
            Time.GetUtcNow() + (time ?? TimeSpan.FromSeconds(5))
        );

    public static IdentityQuestion Person(string idNumber = "421022197001010112", string name = "张三") =>
        new(ResidentId.Parse(idNumber).Value, PartyName.Parse(name).Value);

    public static BusinessLicenceQuestion Enterprise(
        string code = "91421022MA49T0000B",
        string name = "公安县示例商贸有限公司"
    ) => new(CreditCode.Parse(code).Value, PartyName.Parse(name).Value);

    /// <summary>Moves the clock in small steps until the task has ended; a task that never ends fails the test.</summary>
    public async Task<T> RunAsync<T>(Task<T> task, TimeSpan longest)
    {
        var end = Clock.GetUtcNow() + longest;
        while (!task.IsCompleted && Clock.GetUtcNow() < end)
        {
            // Real work between the steps gets real time.
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
            Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        return await task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        Directory.Delete(_secrets, recursive: true);
    }

    private static readonly string[] s_requesterTexts =
    [
        "SourceSystemCode",
        "SourceSystemName",
        "OfficerName",
        "UnitCode",
        "UnitName",
        "BusinessCode",
        "BusinessName",
        "BusinessSystemCode",
        "BusinessSystemName",
    ];

    private ServiceProvider Build()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(_settings).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(Time)
            .AddAgencyAdapters(configuration)
            .BuildServiceProvider(validateScopes: true);
    }
}

/// <summary>What the platform and the registries behind it handed out.</summary>
internal sealed record NetworkCredentials(
    string RequesterId,
    string ApplicationKey,
    string PopulationUser,
    string PopulationPassword,
    string AuthorisationCode
)
{
    public static NetworkCredentials Of(SandboxCredentials sandbox) =>
        new(
            sandbox.ExchangeRid,
            sandbox.ExchangeAppKey,
            sandbox.PopulationUser,
            sandbox.PopulationPassword,
            sandbox.BusinessLicenceAuthCode
        );

    public static readonly NetworkCredentials Stub = new(
        "TEST-RID-0001@app",
        "0123456789abcdef0123456789abcdef",
        "user",
        "password",
        "authorisation"
    );
}
