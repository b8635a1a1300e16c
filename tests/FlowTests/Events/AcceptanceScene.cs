using System.Text.Json;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Applications;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Cases;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Events;

/// <summary>A municipal system, the hall that is its office, and what the gateway stored of an event.</summary>
internal sealed class AcceptanceScene : IAsyncDisposable
{
    private static readonly string s_secret = Convert.ToBase64String(new byte[32]);

    private readonly string _secretFile;

    private AcceptanceScene(IntegrationHost host, string secretFile) =>
        (Host, Municipal, _secretFile) = (host, host.Municipal(), secretFile);

    public IntegrationHost Host { get; }

    public MunicipalDriver Municipal { get; private set; }

    /// <summary>A host with a subscriber for the hall that is never reached: what it would be told stays in the outbox.</summary>
    public static async Task<AcceptanceScene> Start(IntegrationHostOptions? options = null)
    {
        options ??= new IntegrationHostOptions();
        var secret = Path.Combine(Directory.CreateTempSubdirectory("notices-").FullName, "secret");
        await File.WriteAllTextAsync(secret, $"whsec_{s_secret}");
        var settings = new Dictionary<string, string?>(options.Settings, StringComparer.Ordinal)
        {
            ["Gateway:Notices:Subscribers:0:Name"] = "hall",
            ["Gateway:Notices:Subscribers:0:Client"] = "hall",
            ["Gateway:Notices:Subscribers:0:Address"] = "http://127.0.0.1:9/notices",
            ["Gateway:Notices:Subscribers:0:Secret"] = $"file:{secret}",
        };
        return new AcceptanceScene(await IntegrationHost.Start(options with { Settings = settings }), secret);
    }

    public async ValueTask DisposeAsync()
    {
        Municipal.Dispose();
        await Host.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_secretFile)!, recursive: true);
    }

    /// <summary>The gateway is stopped and started again.</summary>
    public async Task Restart()
    {
        await Host.Restart();
        Municipal.Dispose();
        Municipal = Host.Municipal();
    }

    /// <summary>An event that is complete and right, at the time of the host.</summary>
    public EventInput Opened(string company = "c01", string title = "t-company", decimal capacityKw = 40)
    {
        var opened = MunicipalEvents.Opened(company, title, time: Host.Time.GetUtcNow());
        return opened with
        {
            Data = opened.Data! with
            {
                Utilities = new EventUtilities
                {
                    Electricity = new UtilityIntention { Requested = true, CapacityKw = capacityKw },
                },
            },
        };
    }

    /// <summary>Hands an event in and waits until it is processed.</summary>
    public async Task<EventAnswer> Processed(EventInput input)
    {
        var receipt = await Municipal.Accepted(input);
        return await Reaches(receipt.ReceiptId, EventState.Processed);
    }

    public Task<EventAnswer> Reaches(string receiptId, EventState state) =>
        Eventually.Of($"the event is {state}", () => Municipal.Read(receiptId), answer => answer.State == state);

    /// <summary>Everything the hall is told about a case, oldest first.</summary>
    public async Task<IReadOnlyList<(string Type, IReadOnlyDictionary<string, string?> Data)>> Notices(string caseId)
    {
        await using var db = await Database();
        var rows = await db.Set<NoticeRow>().AsNoTracking().Where(row => row.CaseId == caseId).ToListAsync();
        return [.. rows.OrderBy(row => row.NoticeId, StringComparer.Ordinal).Select(row => (row.Type, Read(row.Data)))];
    }

    /// <summary>The evidence of a case, in the order in which it was written.</summary>
    public async Task<IReadOnlyList<JsonElement>> Evidence(string caseId)
    {
        await using var db = await Database();
        var rows = await db.Set<EvidenceRow>().AsNoTracking().Where(row => row.CaseId == caseId).ToListAsync();
        return [.. rows.OrderBy(row => row.Sequence).Select(row => JsonDocument.Parse(row.Record).RootElement)];
    }

    /// <summary>The applications of a case, oldest first.</summary>
    public async Task<IReadOnlyList<Dossier>> Applications(string caseId)
    {
        await using var db = await Database();
        var rows = await db.Set<ApplicationRow>().AsNoTracking().Where(row => row.CaseId == caseId).ToListAsync();
        return
        [
            .. rows.Select(row => Dossier.FromJson(row.Dossier))
                .OrderBy(row => row.ApplicationId, StringComparer.Ordinal),
        ];
    }

    /// <summary>The case as its clocks see it.</summary>
    public async Task<CaseFile> Case(string caseId) =>
        await Host.Services.GetRequiredService<CaseBook>().Find("hall", caseId, CancellationToken.None)
        ?? throw new InvalidOperationException("There is no such case.");

    /// <summary>Wakes an application as its timer would.</summary>
    public Task Recheck(string applicationId) =>
        Host
            .Services.GetServices<ITimerHandler>()
            .Single(handler => handler.Kind == RecheckHandler.TimerKind)
            .Handle(applicationId, CancellationToken.None);

    private Task<GatewayDb> Database() =>
        Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();

    private static Dictionary<string, string?> Read(string data) =>
        JsonSerializer.Deserialize<Dictionary<string, string?>>(data)!;
}
