using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Http;
using Integration.Adapters.Tests.Sandbox;
using Integration.Adapters.Tests.Utilities;
using Integration.Contracts.Identifiers;
using Integration.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests;

/// <summary>An <see cref="AdapterHost"/> with every agency, against a sandbox over real HTTP.</summary>
internal sealed class AdaptersOnSandbox : IAsyncDisposable
{
    private static readonly string[] s_reached =
    [
        "real-estate",
        "licence-library",
        "grid-resource",
        "project-approval",
        "electricity",
        "water",
        "gas",
        "television",
    ];

    private readonly RunningSandbox _sandbox;
    private readonly AdapterHost _host;

    private AdaptersOnSandbox(RunningSandbox sandbox, AdapterHost host) => (_sandbox, _host) = (sandbox, host);

    /// <summary>Both sides under the machine's clock.</summary>
    /// <param name="settings">Settings beside or instead of the usual ones, without the section's name.</param>
    public static Task<AdaptersOnSandbox> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(TimeProvider.System, _ => settings);

    /// <summary>Both sides under one clock.</summary>
    public static async Task<AdaptersOnSandbox> StartAsync(
        TimeProvider time,
        Func<SandboxCredentials, IEnumerable<(string Key, string Value)>>? settings = null
    )
    {
        var sandbox = await RunningSandbox.StartAsync(sandbox => sandbox with { Time = time });
        var address = new Uri(sandbox.Http.BaseAddress!, "exchange");
        var host = AdapterHost.ForNetwork(address, NetworkCredentials.Of(sandbox.Credentials), time);
        SetUsual(host, sandbox);
        foreach (var (key, value) in settings?.Invoke(sandbox.Credentials) ?? [])
        {
            host.Set(key, value);
        }

        return new AdaptersOnSandbox(sandbox, host);
    }

    /// <summary>The source of one agency.</summary>
    public IPropertyTitleSource Titles(string agency) =>
        _host.Services.GetServices<IPropertyTitleSource>().Single(source => source.Agency == agency);

    /// <inheritdoc cref="Titles" />
    public IBusinessLicenceSource BusinessLicences(string agency) =>
        _host.Services.GetServices<IBusinessLicenceSource>().Single(source => source.Agency == agency);

    public IAgencyForwarding Forwarding => _host.Services.GetRequiredService<IAgencyForwarding>();

    public IIdentitySource Identity => _host.Services.GetRequiredService<IIdentitySource>();

    public IGridResourceSource Grid => _host.Services.GetRequiredService<IGridResourceSource>();

    public IProjectApprovalSource Projects => _host.Services.GetRequiredService<IProjectApprovalSource>();

    public IUtilityAccountSource Accounts => _host.Services.GetRequiredService<IUtilityAccountSource>();

    /// <summary>One provider of a utility.</summary>
    public ICalledProvider Provider(string agency) =>
        _host.Services.GetServices<IUtilityProvider>().OfType<ICalledProvider>().Single(p => p.Agency == agency);

    /// <summary>Asks each agency a question that it can answer.</summary>
    public async Task<Asked> AskAsync(string agency)
    {
        var cancelled = TestContext.Current.CancellationToken;
        return agency switch
        {
            "grid-resource" => Asked.Of(await Grid.AskAsync(Known.Unit, Request(), cancelled)),
            "project-approval" => Asked.Of(await Projects.AskAsync(Known.Company, Request(), cancelled)),
            "electricity" => Asked.Of(
                await Accounts.AskAsync(new UtilityAccountQuestion("4210220000001"), Request(), cancelled)
            ),
            "business-licence" => Asked.Of(
                await BusinessLicences(agency)
                    .AskAsync(
                        new BusinessLicenceQuestion(Known.Company, Known.Name("公安县示例商贸有限公司")),
                        Request(),
                        cancelled
                    )
            ),
            "population-registry" => Asked.Of(
                await Identity.AskAsync(
                    new IdentityQuestion(ResidentId.Parse(Known.PersonText).Value, Known.Person),
                    Request(),
                    cancelled
                )
            ),
            "television" => Asked.Of(await FoundInTheBoxAsync()),
            "water" or "gas" => Asked.Of(await PreCheckedAsync(agency)),
            _ => Asked.Of(await Titles(agency).AskAsync(Known.TitleQuestion, Request(), cancelled)),
        };
    }

    /// <summary>Asks a provider about an account that it has.</summary>
    private async Task<AgencyAnswer<TransferCheck>> PreCheckedAsync(string agency)
    {
        await ControlAsync(
            "accounts",
            new
            {
                utility = agency,
                account = "100001",
                holder = "former",
            }
        );
        return await Provider(agency)
            .PreCheckAsync(new TransferQuestion("100001", "张三"), Request(), TestContext.Current.CancellationToken);
    }

    /// <summary>Asks for an order that lies in the box; the first time, it is put there.</summary>
    private async Task<AgencyAnswer<LegReceipt>> FoundInTheBoxAsync()
    {
        var (box, cancelled) = (Provider("television"), TestContext.Current.CancellationToken);
        if ((await HeldAsync("television")).Length == 0)
        {
            await box.SendAsync(Legs.Order(), Request(), cancelled);
        }

        return await box.FindAsync(Legs.Key(), Request(), cancelled);
    }

    /// <summary>What a provider's people do: <c>legs</c>, <c>legs/auto</c>, <c>accounts</c>, <c>visits</c>.</summary>
    public async Task ControlAsync(string what, object order)
    {
        using var answer = await _sandbox.Http.PostAsJsonAsync($"/sandbox/{what}", order);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What a provider holds.</summary>
    public async Task<JsonElement[]> HeldAsync(string agency) =>
        [
            .. (await _sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/legs"))
                .EnumerateArray()
                .Where(leg => leg.GetProperty("utility").GetString() == agency),
        ];

    /// <summary>Keys under which a provider changed something, in order.</summary>
    public async Task<string[]> EffectiveAsync(string agency) =>
        [
            .. (await _sandbox.Http.GetFromJsonAsync<JsonElement>("/sandbox/calls"))
                .EnumerateArray()
                .Where(call =>
                    call.GetProperty("agency").GetString() == agency && call.GetProperty("effective").GetBoolean()
                )
                .Select(call => call.GetProperty("idempotencyKey").GetString()!),
        ];

    /// <summary>The circumstances of a new question.</summary>
    public AgencyRequest Request() => _host.Request(TimeSpan.FromMinutes(1));

    public async Task SwitchAsync(
        string agency,
        string fault,
        double? seconds = null,
        int? count = null,
        string? operation = null
    )
    {
        using var answer = await _sandbox.Http.PostAsJsonAsync(
            "/sandbox/faults",
            new
            {
                agency,
                fault,
                seconds,
                count,
                operation,
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Operations an agency received, in order.</summary>
    public async Task<string[]> CallsAsync(string agency)
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
        await _host.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    private static void SetUsual(AdapterHost host, RunningSandbox sandbox)
    {
        var credentials = sandbox.Credentials;
        foreach (var agency in s_reached)
        {
            host.Set($"{agency}:BaseAddress", new Uri(sandbox.Http.BaseAddress!, agency).ToString());
        }

        host.Set("real-estate:UserName", credentials.RealEstateUser);
        host.SetSecret("real-estate:Password", credentials.RealEstatePassword);
        host.Set("real-estate:Division", "421022");
        host.Set("real-estate:Department", "公安县供电公司");
        host.Set("real-estate:ClientAddress", "127.0.0.1");
        host.Set("licence-library:AccessId", credentials.LibraryAccessId);
        host.SetSecret("licence-library:AccessToken", credentials.LibraryAccessToken);
        host.Set("grid-resource:PaasId", credentials.GridPaasId);
        host.SetSecret("grid-resource:Token", credentials.GridToken);
        host.Set("project-approval:ClientId", credentials.ProjectClientId);
        host.SetSecret("project-approval:ClientSecret", credentials.ProjectClientSecret);
        host.Set("electricity:AppId", credentials.ElectricityAppId);
        host.SetSecret("electricity:AppSecret", credentials.ElectricityAppKey);
        host.Set("water:ClientId", credentials.WaterClientId);
        host.SetSecret("water:ClientSecret", credentials.WaterClientSecret);
        host.Set("water:Division", "421022");
        host.Set("water:Unit", "GADL");
        host.Set("gas:PaasId", credentials.GasPaasId);
        host.SetSecret("gas:Token", credentials.GasToken);
        host.Set("television:UserName", credentials.TelevisionUser);
        host.SetSecret("television:Password", credentials.TelevisionPassword);
        host.Set("network:WorkList", "true");
        SetPatientLimits(host);
    }

    /// <summary>The IRS dialect instead of the gateway's.</summary>
    public static IEnumerable<(string Key, string Value)> Irs(SandboxCredentials credentials) =>
        [
            ("electricity:Dialect", "Irs"),
            ("electricity:AppId", credentials.ElectricityIrsAppKey),
            ("electricity:AppSecret", Secret(credentials.ElectricityIrsAppSecret)),
        ];

    /// <summary>A busy build machine is no agency's fault.</summary>
    private static void SetPatientLimits(AdapterHost host)
    {
        foreach (var agency in (string[])[.. s_reached, "exchange-platform", "population-registry", "business-licence"])
        {
            host.Set($"{agency}:Limits:TotalTime", "00:00:50");
            host.Set($"{agency}:Limits:AttemptTime", "00:00:40");
            host.Set($"{agency}:Limits:ConnectTime", "00:00:20");
        }
    }

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
