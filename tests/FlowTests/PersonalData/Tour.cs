using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Notices;
using Integration.Contracts.V1.Operations;
using Integration.Contracts.V1.Verifications;
using Integration.FlowTests.Sharing;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.PersonalData;

/// <summary>Uses every endpoint, rightly and wrongly, and puts names and numbers wherever a caller could.</summary>
internal sealed class Tour(IntegrationHost host)
{
    private const string Stranger = "欧阳不详";
    private const string StrangerId = "421022198603173319";
    private const string Landlord = "司空房东";
    private const string Reason = "诸葛改主意了";
    private const string Street = "公安县埠河镇虚构巷77号";

    private static readonly string[] s_agencies =
    [
        "exchange-platform",
        "population-registry",
        "business-licence",
        "real-estate",
        "licence-library",
        "grid-resource",
    ];

    private readonly ConcurrentQueue<string> _answers = new();

    /// <summary>What must not be found: all that the sandbox knows and all that only this tour says.</summary>
    public static IReadOnlySet<string> Secrets { get; } =
        SyntheticWorld
            .PersonalData.Union([Stranger, StrangerId, Landlord, Reason, Street])
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Heads and bodies of every answer.</summary>
    public IReadOnlyCollection<string> Answers => _answers;

    public async Task TakeAsync()
    {
        await VerificationsAsync();
        await ApplicationsAsync();
        await SharingAsync();
        await EventsAsync();
        await CasesAsync();
        await JointApplicationsAsync();
        await OperatorsAsync();
        await StrangersAsync();
        await MalformedAsync();
        await AddressesAsync();
        await BrokenAgenciesAsync();
    }

    private async Task VerificationsAsync()
    {
        var id = Id("verificationId", await PostAsync("/v1/verifications", HallRequests.Verification()));
        await GetAsync($"/v1/verifications/{id}");
        var mismatch = HallRequests.Verification();
        await PostAsync("/v1/verifications", mismatch with { Person = mismatch.Person! with { Name = Stranger } });
        await PostAsync("/v1/verifications", HallRequests.Identity() with { Person = Unknown });
        await PostAsync("/v1/verifications", mismatch, ("Idempotency-Key", "tour-1"));
        await PostAsync("/v1/verifications", mismatch with { Person = Unknown }, ("Idempotency-Key", "tour-1"));
        using var seen = JsonDocument.Parse(await BodyAsync(await host.Hall.GetAsync($"/v1/verifications/{id}")));
        await GetAsync(
            $"/v1/evidence/{seen.RootElement.GetProperty("checks")[0].GetProperty("evidenceId").GetString()}"
        );
        await KeepAsync(await host.Hall.Http.GetAsync("/v1/receipts/keys"));
    }

    private async Task ApplicationsAsync()
    {
        var id = Id("applicationId", await PostAsync("/v1/applications", HallRequests.Residential()));
        await GetAsync($"/v1/applications/{id}");
        await PostAsync("/v1/applications", HallRequests.Commercial());
        var lease = HallRequests.Commercial();
        var open = Id("applicationId", await PostAsync("/v1/applications", lease with { Premises = Leased(lease) }));
        foreach (var proof in new[] { "premises", "lease", "title" })
        {
            await PostAsync($"/v1/applications/{open}/materials", Material(proof));
            await PostAsync($"/v1/applications/{open}/commitments", Promise(proof));
        }

        await PostAsync($"/v1/applications/{open}/withdraw", new WithdrawRequest { Reason = Reason });
        await PostAsync($"/v1/applications/{open}/withdraw", new WithdrawRequest { Reason = Reason });
        await PostAsync($"/v1/applications/{open}/materials", Material(Stranger));
        await PostAsync($"/v1/applications/{Stranger}/withdraw", new WithdrawRequest { Reason = Reason });
        var agent = HallRequests.Residential();
        await PostAsync(
            "/v1/applications",
            agent with
            {
                Agent = new AgentInput { Name = Stranger, IdNumber = StrangerId },
                Account = SyntheticWorld.Account("t01"),
                FormerName = Stranger,
                Members = [new HouseholdMemberInput { Name = Landlord, IdNumber = StrangerId }],
            }
        );
    }

    /// <summary>Forwarded requests. What is granted is the caller's, so of a good answer the head alone is looked at.</summary>
    private async Task SharingAsync()
    {
        foreach (var path in new[] { "enterprise-register/query", "identity-check/check", "grid-capacity/query" })
        {
            await ShareAsync(path, ShareFixture.BodyOf(path));
            await ShareAsync(path, ShareFixture.BodyOf(path), ("Idempotency-Key", $"tour-{path}"));
            await ShareAsync(path, ShareFixture.BodyOf(path), ("Idempotency-Key", $"tour-{path}"));
            await ShareAsync($"{path}?name={Stranger}", ShareFixture.BodyOf(path));
            await ShareAsync($"{path}/{StrangerId}", body: null);
            await ShareAsync(
                path,
                body: null,
                ("X-Case-Id", $"{StrangerId} x"),
                ("X-Purpose", StrangerId),
                ("X-Basis", StrangerId)
            );
            await ShareAsync(path, $$"""{"{{Stranger}}":"{{StrangerId}}","entname":{"{{Landlord}}":1} }""");
            await ShareAsync(path, $"<PACKAGE><DATA><RECORD {Stranger}=\"1\"><{Landlord}>{StrangerId}</{Landlord}>");
            await KeepAsync(await host.As("hall-limited").ShareAsync(path, ShareFixture.BodyOf(path)));
        }
    }

    /// <summary>Events with names wherever a sender could put them.</summary>
    private async Task EventsAsync()
    {
        using var municipal = host.Municipal();
        var opened = MunicipalEvents.Opened() with { Subject = Stranger, PartitionKey = StrangerId };
        var receipt = await BodyAsync(await municipal.SendAsync(opened));
        var id = Id("receiptId", receipt);
        await KeepAsync(await municipal.SendAsync(opened));
        await KeepAsync(await municipal.SendAsync(opened with { Subject = Landlord }));
        await KeepAsync(await municipal.SendAsync(opened with { Id = Stranger, Type = Landlord, Source = StrangerId }));
        await KeepAsync(await municipal.Client.GetAsync($"/v1/events/{id}"));
        await KeepAsync(await municipal.Client.GetAsync($"/v1/events/{id}/receipt"));
        await KeepAsync(await municipal.Client.GetAsync($"/v1/events/{Stranger}"));
        await KeepAsync(await host.Hall.GetAsync($"/v1/cases/{Id("caseId", receipt)}"));
        var batch = Encoding.UTF8.GetBytes(
            $$"""[{"{{Stranger}}":"{{StrangerId}}"},{{Encoding.UTF8.GetString(MunicipalDriver.BytesOf(opened))}}]"""
        );
        await KeepAsync(await municipal.SendAsync(batch, municipal.Sign(batch), MunicipalDriver.Batch));
        await KeepAsync(await municipal.SendWithAsync(batch, [StrangerId]));
        await KeepAsync(
            await host.Hall.SendAsync(HttpMethod.Options, "/v1/events", null, ("WebHook-Request-Origin", StrangerId))
        );
        await TransfersAsync(municipal);
    }

    /// <summary>A property that goes over, rightly and wrongly.</summary>
    private async Task TransfersAsync(MunicipalDriver municipal)
    {
        var transferred = RegistryEvents
            .Transferred("p04", "t04", [Utility.Water, Utility.Television])
            .With(transfer => transfer with { Former = transfer.Former! with { Holder = Stranger } });
        var receipt = await BodyAsync(await municipal.SendAsync(transferred));
        await Eventually.GetAsync(
            "the transfer is processed",
            () => municipal.ReadAsync(Id("receiptId", receipt)),
            answer => answer.State == EventState.Processed
        );
        await KeepAsync(await municipal.Client.GetAsync($"/v1/events/{Id("receiptId", receipt)}"));
        await KeepAsync(await host.Hall.GetAsync($"/v1/cases/{Id("caseId", receipt)}"));
        await KeepAsync(await municipal.SendAsync(transferred with { Subject = Landlord }));
        await KeepAsync(
            await municipal.SendAsync(
                transferred.With(transfer =>
                    transfer with
                    {
                        Applicant = new ApplicantInput { Person = Unknown },
                        Basis = transfer.Basis! with { Reference = null },
                        Premises = transfer.Premises! with { UnitNumber = StrangerId, CertificateNumber = Street },
                        Former = new() { Holder = Landlord, Accounts = [new() { Account = Stranger }] },
                    }
                )
            )
        );
    }

    /// <summary>Reports on a case, and names wherever a reporter could put them.</summary>
    private async Task CasesAsync()
    {
        var id = Id("caseId", await PostAsync("/v1/applications", HallRequests.Residential("p02", "t02")));
        var (milestones, stops) = ($"/v1/cases/{id}/milestones", $"/v1/cases/{id}/stops");
        await PostAsync(milestones, new MilestoneRequest { Milestone = "surveyed" });
        var stop = Id("stopId", await PostAsync(stops, Stop));
        await KeepAsync(await host.Hall.SendAsync(HttpMethod.Delete, $"{stops}/{stop}"));
        await KeepAsync(await host.Hall.SendAsync(HttpMethod.Delete, $"{stops}/{StrangerId}?caller={Stranger}"));
        await KeepAsync(await host.Hall.SendAsync(HttpMethod.Delete, $"/v1/cases/{StrangerId}/stops/{StrangerId}"));
        await PostAsync(
            $"/v1/cases/{StrangerId}/milestones?caller={Stranger}",
            new MilestoneRequest { Milestone = Stranger }
        );
        await PostAsync($"/v1/cases/{StrangerId}/stops?caller={Stranger}", Stop);
        await PostAsync(milestones, new MilestoneRequest { Milestone = Stranger });
        await PostAsync(milestones, $$"""{"milestone":["{{Stranger}}"],"{{Landlord}}":"{{StrangerId}}"}""");
        await PostAsync(stops, Stop with { Clock = Stranger, Reason = StrangerId });
        foreach (var evidence in new[] { Stranger, Street, StrangerId, $"ID-{StrangerId}", $"{StrangerId}/1" })
        {
            await PostAsync(stops, Stop with { Evidence = evidence });
        }

        await PostAsync(
            stops,
            $$"""{"clock":["{{Stranger}}"],"evidence":{{StrangerId}},"{{Landlord}}":"{{Street}}"}"""
        );
        await PostAsync(stops, Stop, ("Idempotency-Key", StrangerId));
        await GetAsync($"/v1/cases/{id}?caller={Stranger}");
        await GetAsync($"/v1/cases/{id}");
        await ReportsAsync();
    }

    /// <summary>One form for several utilities, and names wherever hall and providers could put them.</summary>
    private async Task JointApplicationsAsync()
    {
        const string Joint = "/v1/joint-applications";
        var form = JointRequests.New("p03", "t03", [Utility.Network, Utility.Television]);
        var id = Id("jointApplicationId", await PostAsync(Joint, form));
        await PostAsync(Joint, form);
        await PostAsync(
            Joint,
            form with
            {
                CaseId = Stranger,
                Former = new() { Holder = Stranger },
            }
        );
        await GetAsync($"{Joint}/{id}");
        await GetAsync($"{Joint}/{StrangerId}?name={Stranger}");
        await PostAsync($"{Joint}/{id}/legs/network/resend", new LegResendRequest { Account = Stranger });
        await PostAsync($"{Joint}/{id}/legs/{StrangerId}/resend", new LegResendRequest());
        var network = host.As("network");
        var status = new LegStatusReport
        {
            StatusId = "TOUR-1",
            LegId = $"{id}.network",
            State = "accepted",
            At = host.Hall.Time.GetUtcNow(),
            Detail = Stranger,
        };
        await KeepAsync(await network.PostAsync("/v1/utilities/network/statuses", status));
        await KeepAsync(await network.PostAsync("/v1/utilities/network/statuses", status with { Detail = StrangerId }));
        await KeepAsync(
            await network.PostAsync("/v1/utilities/network/statuses", status with { LegId = Stranger, Who = Stranger })
        );
        await KeepAsync(await network.PostAsync($"/v1/utilities/{StrangerId}/statuses", status));
        await KeepAsync(
            await network.SendAsync(HttpMethod.Post, $"/v1/utilities/network/work-list/{StrangerId}/taken")
        );
        await KeepAsync(await network.GetAsync($"/v1/utilities/{StrangerId}/work-list"));
        var from = host.Hall.Time.GetUtcNow().AddDays(1);
        await PostAsync($"{Joint}/{id}/surveys", new SurveyRequest { From = from, Until = from.AddHours(2) });
        await PostAsync($"{Joint}/{id}/surveys", new SurveyRequest());
        await PostAsync($"{Joint}/{id}/surveys", $$"""{"from":"{{Stranger}}"}""");
        var permit = new PermitRequest { Permit = PermitKind.Road, State = PermitState.AppliedFor };
        await PostAsync($"{Joint}/{id}/permits", permit);
        await PostAsync($"{Joint}/{id}/permits", permit with { State = PermitState.Refused });
        await PostAsync($"{Joint}/{StrangerId}/permits", permit with { Reference = Stranger });
        await PostAsync(
            $"{Joint}/{id}/legs/network/problems/1/close",
            new ProblemCloseRequest { Reference = "SETTLED-1" }
        );
        await PostAsync($"{Joint}/{id}/legs/{StrangerId}/problems/1/close", new ProblemCloseRequest());
        await PostAsync($"{Joint}/{id}/legs/network/withdraw", new WithdrawRequest { Reason = Reason });
        await PostAsync($"{Joint}/{id}/withdraw", new WithdrawRequest { Reason = Reason });
    }

    private async Task ReportsAsync()
    {
        var today = host.Hall.Time.GetUtcNow();
        await GetAsync($"/v1/limits/report?from={today.AddDays(-2):yyyy-MM-dd}&to={today.AddDays(2):yyyy-MM-dd}");
        await GetAsync(
            $"/v1/limits/report?from={StrangerId}&to={Stranger}&serviceType={Stranger}&{Landlord}={StrangerId}"
        );
        await GetAsync($"/v1/limits/report?from=2026-11-23&to=2026-11-23&serviceType={Stranger}");
    }

    /// <summary>What operators see and do.</summary>
    private async Task NoticesAsync(HallDriver ops)
    {
        await KeepAsync(await ops.GetAsync("/v1/ops/notices"));
        await KeepAsync(await ops.GetAsync($"/v1/ops/notices?limit={StrangerId}&after={StrangerId}"));
        await KeepAsync(await ops.SendAsync(HttpMethod.Post, $"/v1/ops/notices/{StrangerId}/replay"));
        await KeepAsync(await ops.SendAsync(HttpMethod.Post, $"/v1/ops/notices/{StrangerId}/dismiss"));
        var many = $"/v1/ops/notices/subscribers/{StrangerId}/replay";
        await KeepAsync(await ops.SendAsync(HttpMethod.Post, many, new ReplayRequest { CaseId = StrangerId }));
        await KeepAsync(
            await ops.SendAsync(HttpMethod.Post, many, $$"""{"from":"{{Stranger}}","caseId":["{{StrangerId}}"]}""")
        );
    }

    private async Task OperatorsAsync()
    {
        var ops = host.As("ops");
        await KeepAsync(await ops.GetAsync("/v1/ops/audit"));
        await KeepAsync(await ops.GetAsync($"/v1/ops/audit?after={Stranger}&limit={StrangerId}"));
        await KeepAsync(await ops.GetAsync($"/v1/ops/audit/{StrangerId}"));
        await KeepAsync(await ops.GetAsync("/v1/ops/agencies"));
        await KeepAsync(await ops.GetAsync("/v1/ops/sharing"));
        await KeepAsync(await ops.GetAsync("/v1/ops/calendars"));
        await KeepAsync(
            await ops.SendAsync(
                HttpMethod.Put,
                $"/v1/ops/calendars/{StrangerId}",
                $$"""{"notice":["{{Stranger}}"],"days":[{"name":"{{Stranger}}","date":"{{StrangerId}}"}]}"""
            )
        );
        await KeepAsync(
            await ops.SendAsync(HttpMethod.Put, "/v1/ops/calendars/2026", new CalendarRequest { Notice = "x" })
        );
        var maintenance = "/v1/ops/agencies/grid-resource/maintenance";
        await KeepAsync(
            await ops.SendAsync(HttpMethod.Put, maintenance, new MaintenanceRequest { Reason = "New machines." })
        );
        await KeepAsync(await ops.GetAsync("/v1/ops/events/dead-letters"));
        await KeepAsync(
            await ops.PostAsync($"/v1/ops/events/{StrangerId}/release", new ReleaseRequest { Reason = "Mended." })
        );
        await KeepAsync(await ops.SendAsync(HttpMethod.Delete, maintenance));
        await KeepAsync(
            await ops.SendAsync(
                HttpMethod.Put,
                maintenance,
                $$"""{"reason":["{{Stranger}}"],"until":"{{StrangerId}}"}"""
            )
        );
        await KeepAsync(
            await ops.SendAsync(HttpMethod.Put, $"/v1/ops/agencies/{StrangerId}/maintenance", new MaintenanceRequest())
        );
        await KeepAsync(await ops.SendAsync(HttpMethod.Delete, $"/v1/ops/agencies/{StrangerId}/maintenance"));
        await KeepAsync(await ops.SendAsync(HttpMethod.Post, "/v1/ops/agencies/real-estate/diagnosis"));
        await NoticesAsync(ops);
        await KeepAsync(await ops.SendAsync(HttpMethod.Post, "/v1/ops/agencies/business-licence/diagnosis"));
        await KeepAsync(await ops.SendAsync(HttpMethod.Post, $"/v1/ops/agencies/{StrangerId}/diagnosis"));
    }

    /// <summary>Callers who may not, and tokens that are none.</summary>
    private async Task StrangersAsync()
    {
        await KeepAsync(await host.As("hall-limited").PostAsync("/v1/verifications", HallRequests.Verification()));
        await KeepAsync(await host.As("hall-limited").PostAsync("/v1/applications", HallRequests.Residential()));
        await KeepAsync(await host.As("water").PostAsync("/v1/applications", HallRequests.Residential()));
        using var content = Json(HallRequests.Verification());
        await KeepAsync(await host.Hall.Http.PostAsync("/v1/verifications", content));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/applications/app_1");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {StrangerId}");
        await KeepAsync(await host.Hall.Http.SendAsync(request));
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", Stranger),
            new("client_secret", StrangerId),
            new("scope", Landlord),
        ]);
        await KeepAsync(await host.Hall.Http.PostAsync("/oauth/token", form));
    }

    private async Task MalformedAsync()
    {
        string[] bodies =
        [
            $$"""{"caseId":"{{Stranger}}","person":{"name":["{{Stranger}}"],"idNumber":{{StrangerId}} } }""",
            $$"""{"{{Stranger}}":1,"{{StrangerId}}":2,"person":{"idNumber":"{{StrangerId}}1"} }""",
            $$"""{"checks":["{{Stranger}}"],"purpose":"{{Stranger}}","basis":{"kind":"{{Stranger}}","reference":"{{Stranger}}"} }""",
            $$"""{"person":{"name":"{{Stranger}}","name":"{{Landlord}}"},"property":{"certificateNumber":"{{Street}}","unitNumber":"{{StrangerId}}"} }""",
            $$"""{"serviceType":"{{Stranger}}","premises":{"address":"{{Street}}","tenure":"{{Stranger}}"},"channel":"{{Stranger}}"}""",
            $$"""{"proof":"{{Stranger}}","reference":"{{StrangerId}}","sha256":"{{Stranger}}","reason":7}""",
            "{\"name\":\"" + Stranger,
            Stranger,
        ];
        string[] addresses =
        [
            "/v1/verifications",
            "/v1/applications",
            "/v1/applications/app_1/materials",
            "/v1/applications/app_1/commitments",
            "/v1/applications/app_1/withdraw",
        ];
        foreach (var address in addresses)
        {
            foreach (var body in bodies)
            {
                await KeepAsync(await host.Hall.PostAsync(address, body, ("Prefer", $"wait={StrangerId}")));
            }
        }
    }

    private async Task AddressesAsync()
    {
        await GetAsync($"/v1/verifications/{StrangerId}?name={Stranger}");
        await GetAsync($"/v1/applications/{Stranger}");
        await GetAsync($"/v1/evidence/{StrangerId}");
        await GetAsync($"/v1/{Stranger}/{StrangerId}");
        await KeepAsync(await host.Hall.SendAsync(HttpMethod.Delete, $"/v1/applications/{StrangerId}"));
        await KeepAsync(
            await host.Hall.SendAsync(HttpMethod.Get, $"/health/ready?{Stranger}", null, ("User-Agent", StrangerId))
        );
        await KeepAsync(
            await host.Hall.SendAsync(
                HttpMethod.Get,
                "/v1/x",
                null,
                ("baggage", $"name={StrangerId}"),
                ("X-Case-Id", StrangerId)
            )
        );
        await KeepAsync(await host.Hall.SendAsync(HttpMethod.Trace, $"/{StrangerId}"));
    }

    private async Task BrokenAgenciesAsync()
    {
        foreach (var fault in new[] { "http500", "malformed", "refuse", "expireSecret", "wrongSignature", "reset" })
        {
            foreach (var agency in s_agencies)
            {
                await host.Agencies.BreakAsync(agency, fault);
            }

            await PostAsync("/v1/verifications", HallRequests.Verification());
            await PostAsync("/v1/applications", HallRequests.Residential());
            await ShareAsync("enterprise-register/query", ShareFixture.BodyOf("enterprise-register/query"));
            await ShareAsync("identity-check/check", ShareFixture.BodyOf("identity-check/check"));
            foreach (var agency in s_agencies)
            {
                await host.Agencies.MendAsync(agency);
            }
        }
    }

    private static PersonInput Unknown => new() { Name = Stranger, IdNumber = StrangerId };

    private static PremisesInput Leased(ApplicationRequest request) =>
        request.Premises! with
        {
            Address = Street,
            Tenure = Tenure.Lease,
            Lease = new LeaseInput { LandlordName = Landlord, LandlordCode = StrangerId },
        };

    private static StopRequest Stop =>
        new()
        {
            Clock = "company",
            Reason = "government-permit",
            Evidence = "PERMIT-1",
        };

    private static MaterialRequest Material(string proof) =>
        new()
        {
            Proof = proof,
            Reference = "FILE-1",
            Sha256 = new string('a', 64),
        };

    private static CommitmentRequest Promise(string proof) =>
        new()
        {
            Proof = proof,
            Reference = "PROMISE-1",
            SignedAt = HallRequests.Consent.GrantedAt,
        };

    private async Task<string> PostAsync(string path, object body, params (string, string)[] headers) =>
        await BodyAsync(await host.Hall.PostAsync(path, body, headers));

    private async Task ShareAsync(string path, string? body, params (string, string)[] headers)
    {
        using var answer = await host.Hall.ShareAsync(path, body, headers);
        var text = answer.IsSuccessStatusCode ? string.Empty : await answer.Content.ReadAsStringAsync();
        _answers.Enqueue($"{answer.Headers}{answer.Content.Headers}{text}");
    }

    private async Task GetAsync(string path) => await BodyAsync(await host.Hall.GetAsync(path));

    private async Task KeepAsync(HttpResponseMessage answer) => await BodyAsync(answer);

    private async Task<string> BodyAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            _answers.Enqueue($"{answer.Headers}{answer.Content.Headers}{body}");
            return body;
        }
    }

    private static string Id(string member, string body)
    {
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement.TryGetProperty(member, out var id)
            ? id.GetString()!
            : throw new InvalidOperationException($"No {member}: {body}");
    }

    private static StringContent Json(object body) =>
        new(JsonSerializer.Serialize(body, body.GetType(), IntegrationJson.Options), Encoding.UTF8, "application/json");
}
