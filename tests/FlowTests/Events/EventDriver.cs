using System.Text.Json;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Applications;
using Integration.Gateway.Applications.Deadlines;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Processing;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Events;

/// <summary>A municipal system, the hall that is its office, and what the gateway stored of an event.</summary>
internal sealed class EventDriver : IAsyncDisposable
{
    private EventDriver(IntegrationHost host) => (Host, Municipal) = (host, host.Municipal());

    public IntegrationHost Host { get; }

    public MunicipalDriver Municipal { get; private set; }

    /// <summary>A host with a subscriber for the hall that is never reached: what it would be told stays in the outbox.</summary>
    public static async Task<EventDriver> StartAsync(IntegrationHostOptions? options = null) =>
        new(
            await IntegrationHost.StartAsync(
                (options ?? new IntegrationHostOptions()) with
                {
                    Subscriber = HookSubscriber.Unreachable,
                }
            )
        );

    public async ValueTask DisposeAsync()
    {
        Municipal.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>The gateway is stopped and started again.</summary>
    public async Task RestartAsync()
    {
        await Host.RestartAsync();
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
    public async Task<EventResponse> ProcessedAsync(EventInput input)
    {
        var receipt = await Municipal.AcceptedAsync(input);
        return await ReachesAsync(receipt.ReceiptId, EventState.Processed);
    }

    public Task<EventResponse> ReachesAsync(string receiptId, EventState state) =>
        Eventually.GetAsync(
            $"the event is {state}",
            () => Municipal.ReadAsync(receiptId),
            answer => answer.State == state
        );

    /// <summary>Everything the hall is told about a case, oldest first.</summary>
    public async Task<IReadOnlyList<(string Type, IReadOnlyDictionary<string, string?> Data)>> NoticesAsync(
        string caseId
    )
    {
        await using var db = await DatabaseAsync();
        var rows = await db.Set<NoticeRow>().AsNoTracking().Where(row => row.CaseId == caseId).ToListAsync();
        return [.. rows.OrderBy(row => row.NoticeId, StringComparer.Ordinal).Select(row => (row.Type, Read(row.Data)))];
    }

    /// <summary>The evidence of a case, in the order in which it was written.</summary>
    public async Task<IReadOnlyList<JsonElement>> EvidenceAsync(string caseId)
    {
        await using var db = await DatabaseAsync();
        var rows = await db.Set<EvidenceRow>().AsNoTracking().Where(row => row.CaseId == caseId).ToListAsync();
        return [.. rows.OrderBy(row => row.Sequence).Select(row => JsonDocument.Parse(row.Record).RootElement)];
    }

    /// <summary>The applications of a case, oldest first.</summary>
    public async Task<IReadOnlyList<Application>> ApplicationsAsync(string caseId)
    {
        await using var db = await DatabaseAsync();
        var rows = await db.Set<ApplicationRow>().AsNoTracking().Where(row => row.CaseId == caseId).ToListAsync();
        return
        [
            .. rows.Select(row => Application.FromJson(row.Dossier))
                .OrderBy(row => row.ApplicationId, StringComparer.Ordinal),
        ];
    }

    /// <summary>The case as its clocks see it.</summary>
    public async Task<Case> CaseAsync(string caseId) =>
        await Host.Services.GetRequiredService<CaseStore>().FindAsync("hall", caseId, CancellationToken.None)
        ?? throw new InvalidOperationException("There is no such case.");

    /// <summary>Wakes an application as its timer would.</summary>
    public Task RecheckAsync(string applicationId) =>
        Host
            .Services.GetServices<ITimerHandler>()
            .Single(handler => handler.Kind == RecheckTimer.TimerKind)
            .HandleAsync(new TimerCall(applicationId, Host.Time.GetUtcNow()), CancellationToken.None);

    /// <summary>Acts on an event as a change, on a row that another node has changed since it was read.</summary>
    public async Task<Result<EventDone>> ChangeTooLateAsync(string receiptId, EventData data)
    {
        await using var db = await DatabaseAsync();
        var row = await db.Set<EventRow>().AsNoTracking().SingleAsync(each => each.ReceiptId == receiptId);
        var stream = await db.Set<StreamRow>().AsNoTracking().SingleAsync(each => each.StreamId == row.StreamId);
        var content = Host.Services.GetRequiredService<EventContent>();
        var (input, _) = await content.ReadAsync(row);
        await db.Set<EventRow>()
            .Where(each => each.ReceiptId == receiptId)
            .ExecuteUpdateAsync(each => each.SetProperty(other => other.Version, other => other.Version + 1));
        return await Host
            .Services.GetRequiredService<ActOnEvent>()
            .ChangeAsync(
                new EventContext
                {
                    Row = row,
                    Office = content.OfficeOf(row),
                    Stream = stream,
                    Reached = stream.LastSequence,
                    Input = input with { Data = data },
                }
            );
    }

    private Task<GatewayDb> DatabaseAsync() =>
        Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();

    private static Dictionary<string, string?> Read(string data) =>
        JsonSerializer.Deserialize<Dictionary<string, string?>>(data)!;
}
