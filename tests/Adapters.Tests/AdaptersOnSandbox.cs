using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Sandbox;
using Integration.Contracts.Identifiers;
using Integration.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests;

/// <summary>The adapters as the gateway registers them, against a sandbox over real HTTP.</summary>
internal sealed class AdaptersOnSandbox : IAsyncDisposable
{
    private const string CompanyQuery = "s_enterprise_query";

    private static readonly string[] s_requester =
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

    private readonly RunningSandbox _sandbox;
    private readonly ServiceProvider _services;
    private readonly TimeProvider _time;

    private AdaptersOnSandbox(
        RunningSandbox sandbox,
        TimeProvider time,
        IEnumerable<KeyValuePair<string, string?>> settings
    )
    {
        (_sandbox, _time) = (sandbox, time);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(time)
            .AddAgencyAdapters(configuration)
            .BuildServiceProvider();
    }

    /// <summary>Both sides under the machine's clock.</summary>
    /// <param name="settings">Settings beside or instead of the usual ones, without the section's name.</param>
    public static Task<AdaptersOnSandbox> Start(params (string Key, string Value)[] settings) =>
        Start(TimeProvider.System, _ => settings);

    /// <summary>Both sides under one clock.</summary>
    public static async Task<AdaptersOnSandbox> Start(
        TimeProvider time,
        Func<SandboxCredentials, IEnumerable<(string Key, string Value)>>? settings = null
    )
    {
        var sandbox = await RunningSandbox.Start(sandbox => sandbox with { Time = time });
        var all = Usual(sandbox)
            .Concat(settings?.Invoke(sandbox.Credentials) ?? [])
            .GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase);
        return new AdaptersOnSandbox(
            sandbox,
            time,
            all.Select(setting => KeyValuePair.Create($"Agencies:{setting.Key}", (string?)setting.Last().Value))
        );
    }

    /// <summary>The source of one agency.</summary>
    public IPropertyTitleSource Titles(string agency) =>
        _services.GetServices<IPropertyTitleSource>().Single(source => source.Agency == agency);

    /// <inheritdoc cref="Titles" />
    public IBusinessLicenceSource BusinessLicences(string agency) =>
        _services.GetServices<IBusinessLicenceSource>().Single(source => source.Agency == agency);

    public IAgencyForwarding Forwarding => _services.GetRequiredService<IAgencyForwarding>();

    public IIdentitySource Identity => _services.GetRequiredService<IIdentitySource>();

    public IGridResourceSource Grid => _services.GetRequiredService<IGridResourceSource>();

    public IProjectApprovalSource Projects => _services.GetRequiredService<IProjectApprovalSource>();

    public IUtilityAccountSource Accounts => _services.GetRequiredService<IUtilityAccountSource>();

    /// <summary>Asks each agency a question that it can answer.</summary>
    public async Task<Asked> Ask(string agency)
    {
        var cancelled = TestContext.Current.CancellationToken;
        return agency switch
        {
            "grid-resource" => Asked.Of(await Grid.Ask(Known.Unit, Request(), cancelled)),
            "project-approval" => Asked.Of(await Projects.Ask(Known.Company, Request(), cancelled)),
            "electricity" => Asked.Of(
                await Accounts.Ask(new UtilityAccountQuestion("4210220000001"), Request(), cancelled)
            ),
            "business-licence" => Asked.Of(
                await BusinessLicences(agency)
                    .Ask(
                        new BusinessLicenceQuestion(Known.Company, Known.Name("公安县示例商贸有限公司")),
                        Request(),
                        cancelled
                    )
            ),
            "population-registry" => Asked.Of(
                await Identity.Ask(
                    new IdentityQuestion(ResidentId.Parse(Known.PersonText).Value, Known.Person),
                    Request(),
                    cancelled
                )
            ),
            _ => Asked.Of(await Titles(agency).Ask(Known.TitleQuestion, Request(), cancelled)),
        };
    }

    /// <summary>The circumstances of a new question.</summary>
    public AgencyRequest Request() =>
        new(
            "CASE-1",
            RandomNumberGenerator.GetHexString(32, lowercase: true),
            "electricity.new-connection",
            _time.GetUtcNow() + TimeSpan.FromMinutes(1)
        );

    public async Task Switch(string agency, string fault, double? seconds = null, int? count = null)
    {
        using var answer = await _sandbox.Http.PostAsJsonAsync(
            "/sandbox/faults",
            new
            {
                agency,
                fault,
                seconds,
                count,
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Operations an agency received, in order.</summary>
    public async Task<string[]> Calls(string agency)
    {
        var calls = await _sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/calls");
        return
        [
            .. calls
                .EnumerateArray()
                .Where(call => call.GetProperty("agency").GetString() == agency)
                .Select(call => call.GetProperty("operation").GetString()!),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    private static IEnumerable<(string Key, string Value)> Usual(RunningSandbox sandbox)
    {
        var root = sandbox.Http.BaseAddress!;
        var credentials = sandbox.Credentials;
        return
        [
            ("exchange-platform:BaseAddress", $"{root}exchange"),
            ("exchange-platform:RequesterId", credentials.ExchangeRid),
            ("exchange-platform:ApplicationKey", Secret(credentials.ExchangeAppKey)),
            ("business-licence:QueryService", CompanyQuery),
            ("business-licence:VerifyService", "s_enterprise_verify"),
            ("business-licence:AuthorisationCode", Secret(credentials.BusinessLicenceAuthCode)),
            ("population-registry:CheckService", "s_population_check"),
            ("population-registry:BasicDataService", "s_population_basic"),
            ("population-registry:User", credentials.PopulationUser),
            ("population-registry:Password", Secret(credentials.PopulationPassword)),
            ("population-registry:Requester:OfficerIdNumber", Secret("421022199001010015")),
            .. s_requester.Select(text => ($"population-registry:Requester:{text}", $"T-{text}")),
            ("real-estate:BaseAddress", $"{root}real-estate"),
            ("real-estate:UserName", credentials.RealEstateUser),
            ("real-estate:Password", Secret(credentials.RealEstatePassword)),
            ("real-estate:Division", "421022"),
            ("real-estate:Department", "公安县供电公司"),
            ("real-estate:ClientAddress", "127.0.0.1"),
            ("licence-library:BaseAddress", $"{root}licence-library"),
            ("licence-library:AccessId", credentials.LibraryAccessId),
            ("licence-library:AccessToken", Secret(credentials.LibraryAccessToken)),
            ("grid-resource:BaseAddress", $"{root}grid-resource"),
            ("grid-resource:PaasId", credentials.GridPaasId),
            ("grid-resource:Token", Secret(credentials.GridToken)),
            ("project-approval:BaseAddress", $"{root}project-approval"),
            ("project-approval:ClientId", credentials.ProjectClientId),
            ("project-approval:ClientSecret", Secret(credentials.ProjectClientSecret)),
            ("electricity:BaseAddress", $"{root}electricity"),
            ("electricity:AppId", credentials.ElectricityAppId),
            ("electricity:AppSecret", Secret(credentials.ElectricityAppKey)),
            .. PatientLimits(),
        ];
    }

    /// <summary>The IRS dialect instead of the gateway's.</summary>
    public static IEnumerable<(string Key, string Value)> Irs(SandboxCredentials credentials) =>
        [
            ("electricity:Dialect", "Irs"),
            ("electricity:AppId", credentials.ElectricityIrsAppKey),
            ("electricity:AppSecret", Secret(credentials.ElectricityIrsAppSecret)),
        ];

    /// <summary>A busy build machine is no agency's fault.</summary>
    private static IEnumerable<(string Key, string Value)> PatientLimits() =>
        from agency in (string[])
            [
                "exchange-platform",
                "business-licence",
                "population-registry",
                "real-estate",
                "licence-library",
                "grid-resource",
                "project-approval",
                "electricity",
            ]
        from limit in ((string, string)[])
            [("TotalTime", "00:00:50"), ("AttemptTime", "00:00:40"), ("ConnectTime", "00:00:20")]
        select ($"{agency}:Limits:{limit.Item1}", limit.Item2);

    private static string Secret(string value)
    {
        var variable = $"INTEGRATION_TEST_{RandomNumberGenerator.GetHexString(16)}";
        Environment.SetEnvironmentVariable(variable, value);
        return $"env:{variable}";
    }
}

/// <summary>An answer without its facts' type.</summary>
internal sealed record Asked(string Kind, AgencyFailure? Failure, CallTrace Trace)
{
    public static Asked Of<T>(AgencyAnswer<T> answer) =>
        answer switch
        {
            AgencyAnswer<T>.Unanswered unanswered => new("unanswered", unanswered.Failure, answer.Trace),
            AgencyAnswer<T>.Refused refused => new("refused", refused.Failure, answer.Trace),
            AgencyAnswer<T>.Found => new("found", null, answer.Trace),
            AgencyAnswer<T>.Unknown => new("unknown", null, answer.Trace),
            _ => new("several", null, answer.Trace),
        };
}
