using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Access;

/// <summary>One gateway, the clients of the access table, and objects of <c>hall</c>, <c>hall-ended</c> and <c>municipal</c>.</summary>
public sealed class AccessFixture : IAsyncLifetime
{
    private readonly Dictionary<AccessClient, HallDriver> _drivers = [];

    public IntegrationHost Host { get; private set; } = null!;

    /// <summary>What belongs to <c>hall</c>; for the event and its case, to <c>municipal</c>.</summary>
    internal AccessObjects Owned { get; private set; } = null!;

    /// <summary>The same, of <c>hall-ended</c>.</summary>
    internal AccessObjects Ended { get; private set; } = null!;

    internal HallDriver DriverOf(AccessClient client) => _drivers[client];

    public async ValueTask InitializeAsync()
    {
        Host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Callers = AccessClients.Add,
                Settings = new Dictionary<string, string?>
                {
                    ["Gateway:Events:Sources:0:Origins:0"] = "municipal.example",
                },
            }
        );
        foreach (var client in AccessClients.All)
        {
            _drivers[client] = Driver(client);
        }

        var municipal = await EventAsync();
        Owned = await ObjectsAsync(AccessClient.Hall, firstPerson: 1, municipal);
        Ended = await ObjectsAsync(AccessClient.HallEnded, firstPerson: 8, municipal);
        await EndGrantsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var driver in _drivers.Values)
        {
            await driver.DisposeAsync();
        }

        await Host.DisposeAsync();
    }

    /// <summary>Sends a request of the table as one of its clients.</summary>
    internal async Task<HttpResponseMessage> SendAsync(AccessClient client, AccessRow row, AccessObjects objects)
    {
        var call = row.Call(objects);
        if (client == AccessClient.None)
        {
            using var request = new HttpRequestMessage(call.Method, call.Path) { Content = call.Content() };
            foreach (var (name, value) in row.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            return await Host.Hall.Http.SendAsync(request);
        }

        return await _drivers[client].SendAsync(call.Method, call.Path, call.Body, [.. row.Headers]);
    }

    /// <summary>A signed event, handed in by one of the clients.</summary>
    internal async Task<HttpResponseMessage> SendEventAsync(AccessClient client)
    {
        var content = MunicipalDriver.BytesOf(MunicipalEvents.Opened("c02", "t-company2"));
        using var source = Host.Municipal();
        if (client == AccessClient.None)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events");
            request.Content = new ByteArrayContent(content);
            request.Content.Headers.ContentType = new(MunicipalDriver.Structured);
            request.Headers.TryAddWithoutValidation("Content-Signature", Convert.ToBase64String(source.Sign(content)));
            return await Host.Hall.Http.SendAsync(request);
        }

        using var sender = Host.Municipal(_drivers[client]);
        return await sender.SendAsync(content, source.Sign(content));
    }

    private HallDriver Driver(AccessClient client)
    {
        var id = AccessClients.IdOf(client);
        var secretOf = id.Split('-')[0];
        return client == AccessClient.None
            ? Host.As("hall")
            : new HallDriver(Host.Gateway, id, File.ReadAllText(Host.SecretFile($"client-{secretOf}")), Host.Time);
    }

    private async Task<EventReceipt> EventAsync()
    {
        using var municipal = Host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened());
        await Eventually.GetAsync(
            "the event is processed",
            () => municipal.ReadAsync(receipt.ReceiptId),
            answer => answer.State == EventState.Processed
        );
        return receipt;
    }

    private async Task<AccessObjects> ObjectsAsync(AccessClient owner, int firstPerson, EventReceipt receipt)
    {
        var api = _drivers[owner].Api;
        var verification = await api.VerifyAsync(HallRequests.Identity());
        var application = await api.ApplyAsync(HallRequests.Residential(Person(0), Title(0)));
        var open = await api.ApplyAsync(Leased());
        var promised = await api.ApplyAsync(Leased());
        var withdrawn = await api.ApplyAsync(Leased());
        var stop = await StopAsync(owner, application.CaseId);
        var joint = await OpenAsync(owner, Person(1), Title(1));
        var returned = await OpenAsync(owner, Person(2), Title(2));
        await ReportAsync(returned, "returned", new LegStatusReport { Missing = ["lease"] });
        var disputed = await OpenAsync(owner, Person(3), Title(3));
        await ReportAsync(disputed, "surveyed");
        await ReportAsync(disputed, "returned");
        var given = await OpenAsync(owner, Person(4), Title(4));
        return new AccessObjects
        {
            Verification = verification.VerificationId,
            Evidence = verification.Checks[0].EvidenceId,
            Application = application.ApplicationId,
            Open = open.ApplicationId,
            Promised = promised.ApplicationId,
            Withdrawn = withdrawn.ApplicationId,
            Case = application.CaseId,
            Stop = stop,
            Joint = joint.JointApplicationId,
            Leg = joint.Legs[0].LegId,
            Returned = returned.JointApplicationId,
            Disputed = disputed.JointApplicationId,
            Given = given.JointApplicationId,
            Receipt = receipt.ReceiptId,
            EventCase = receipt.CaseId!,
        };

        string Person(int offset) => $"p{firstPerson + offset:00}";
        string Title(int offset) => $"t{firstPerson + offset:00}";
    }

    /// <summary>A tenant, who misses the lease.</summary>
    private static ApplicationRequest Leased() =>
        HallRequests.Residential("p03", "t01") with
        {
            Premises = SyntheticWorld.Leased("t01"),
        };

    private async Task<string> StopAsync(AccessClient owner, string caseId)
    {
        using var answer = await _drivers[owner]
            .PostAsync(
                $"/v1/cases/{caseId}/stops",
                new StopRequest
                {
                    Clock = "company",
                    Reason = "customer-works",
                    Evidence = "WORKS-1",
                }
            );
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("stopId").GetString()!;
    }

    private async Task<JointApplicationResponse> OpenAsync(AccessClient owner, string person, string title)
    {
        var joint = await _drivers[owner]
            .Api.OpenJointApplicationAsync(JointRequests.New(person, title, [Utility.Network, Utility.Television]));
        await Eventually.GetAsync(
            "the leg is on the work list",
            () => _drivers[AccessClient.Network].Api.GetWorkListAsync("network"),
            list => list.Items.Any(item => item.LegId == joint.Legs[0].LegId)
        );
        return joint;
    }

    private async Task ReportAsync(JointApplicationResponse joint, string state, LegStatusReport? more = null) =>
        await _drivers[AccessClient.Network]
            .Api.ReportStatusAsync(
                "network",
                (more ?? new LegStatusReport()) with
                {
                    StatusId = $"{joint.Legs[0].LegId}-{state}",
                    LegId = joint.Legs[0].LegId,
                    State = state,
                    At = Host.Time.GetUtcNow(),
                }
            );

    private async Task EndGrantsAsync()
    {
        var callers = JsonNode.Parse(await File.ReadAllTextAsync(Host.CallersFile))!.AsObject();
        AccessClients.End(callers, "hall-ended");
        await File.WriteAllTextAsync(Host.CallersFile, callers.ToJsonString());
        await Eventually.GetAsync(
            "the grants have ended",
            async () =>
            {
                using var answer = await _drivers[AccessClient.HallEnded]
                    .PostAsync("/v1/verifications", HallRequests.Identity());
                return answer.StatusCode;
            },
            status => status == HttpStatusCode.Forbidden
        );
    }
}

/// <summary>Numbers of the objects that the requests of the table name.</summary>
internal sealed record AccessObjects
{
    public required string Verification { get; init; }

    public required string Evidence { get; init; }

    public required string Application { get; init; }

    /// <summary>An application that misses papers.</summary>
    public required string Open { get; init; }

    /// <inheritdoc cref="Open" />
    public required string Promised { get; init; }

    /// <inheritdoc cref="Open" />
    public required string Withdrawn { get; init; }

    public required string Case { get; init; }

    public required string Stop { get; init; }

    /// <summary>A joint application whose network leg is on the work list.</summary>
    public required string Joint { get; init; }

    public required string Leg { get; init; }

    /// <summary>A joint application whose network leg was returned.</summary>
    public required string Returned { get; init; }

    /// <summary>A joint application with a problem of its network leg.</summary>
    public required string Disputed { get; init; }

    /// <summary>A joint application to take back.</summary>
    public required string Given { get; init; }

    public required string Receipt { get; init; }

    /// <summary>The case that the event opened, which belongs to <c>hall</c> and was reported by <c>municipal</c>.</summary>
    public required string EventCase { get; init; }

    /// <summary>What no problem may repeat.</summary>
    public IEnumerable<string> Numbers =>
        [
            Verification,
            Evidence,
            Application,
            Open,
            Promised,
            Withdrawn,
            Case,
            Stop,
            Joint,
            Returned,
            Disputed,
            Given,
            Receipt,
            EventCase,
        ];

    /// <summary>Numbers of the right form that name nothing.</summary>
    public static AccessObjects Nowhere { get; } =
        new()
        {
            Verification = "vrf_0198ba1c4c2f7a54b8ffaa9c3a7f0001",
            Evidence = "evd_0198ba1c4c2f7a54b8ffaa9c3a7f0001",
            Application = "app_0198ba1c4c2f7a54b8ffaa9c3a7f0001",
            Open = "app_0198ba1c4c2f7a54b8ffaa9c3a7f0002",
            Promised = "app_0198ba1c4c2f7a54b8ffaa9c3a7f0003",
            Withdrawn = "app_0198ba1c4c2f7a54b8ffaa9c3a7f0004",
            Case = "HALL-NOWHERE-1",
            Stop = "stp_0198ba1c4c2f7a54b8ffaa9c3a7f0001",
            Joint = "jnt_0198ba1c4c2f7a54b8ffaa9c3a7f0001",
            Leg = "jnt_0198ba1c4c2f7a54b8ffaa9c3a7f0001.network",
            Returned = "jnt_0198ba1c4c2f7a54b8ffaa9c3a7f0002",
            Disputed = "jnt_0198ba1c4c2f7a54b8ffaa9c3a7f0003",
            Given = "jnt_0198ba1c4c2f7a54b8ffaa9c3a7f0004",
            Receipt = "evr_0198ba1c4c2f7a54b8ffaa9c3a7f0001",
            EventCase = "CASE-NOWHERE-2",
        };
}
