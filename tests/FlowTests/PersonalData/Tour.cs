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

    public async Task Take()
    {
        await Verifications();
        await Applications();
        await Sharing();
        await Events();
        await Cases();
        await JointApplications();
        await Operators();
        await Strangers();
        await Malformed();
        await Addresses();
        await BrokenAgencies();
    }

    private async Task Verifications()
    {
        var id = Id("verificationId", await Post("/v1/verifications", HallRequests.Verification()));
        await Get($"/v1/verifications/{id}");
        var mismatch = HallRequests.Verification();
        await Post("/v1/verifications", mismatch with { Person = mismatch.Person! with { Name = Stranger } });
        await Post("/v1/verifications", HallRequests.Identity() with { Person = Unknown });
        await Post("/v1/verifications", mismatch, ("Idempotency-Key", "tour-1"));
        await Post("/v1/verifications", mismatch with { Person = Unknown }, ("Idempotency-Key", "tour-1"));
        using var seen = JsonDocument.Parse(await Body(await host.Hall.Get($"/v1/verifications/{id}")));
        await Get($"/v1/evidence/{seen.RootElement.GetProperty("checks")[0].GetProperty("evidenceId").GetString()}");
        await Keep(await host.Hall.Http.GetAsync("/v1/receipts/keys"));
    }

    private async Task Applications()
    {
        var id = Id("applicationId", await Post("/v1/applications", HallRequests.Residential()));
        await Get($"/v1/applications/{id}");
        await Post("/v1/applications", HallRequests.Commercial());
        var lease = HallRequests.Commercial();
        var open = Id("applicationId", await Post("/v1/applications", lease with { Premises = Leased(lease) }));
        foreach (var proof in new[] { "premises", "lease", "title" })
        {
            await Post($"/v1/applications/{open}/materials", Material(proof));
            await Post($"/v1/applications/{open}/commitments", Promise(proof));
        }

        await Post($"/v1/applications/{open}/withdraw", new WithdrawRequest { Reason = Reason });
        await Post($"/v1/applications/{open}/withdraw", new WithdrawRequest { Reason = Reason });
        await Post($"/v1/applications/{open}/materials", Material(Stranger));
        await Post($"/v1/applications/{Stranger}/withdraw", new WithdrawRequest { Reason = Reason });
        var agent = HallRequests.Residential();
        await Post(
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
    private async Task Sharing()
    {
        foreach (var path in new[] { "enterprise-register/query", "identity-check/check", "grid-capacity/query" })
        {
            await Share(path, ShareHost.BodyOf(path));
            await Share(path, ShareHost.BodyOf(path), ("Idempotency-Key", $"tour-{path}"));
            await Share(path, ShareHost.BodyOf(path), ("Idempotency-Key", $"tour-{path}"));
            await Share($"{path}?name={Stranger}", ShareHost.BodyOf(path));
            await Share($"{path}/{StrangerId}", body: null);
            await Share(
                path,
                body: null,
                ("X-Case-Id", $"{StrangerId} x"),
                ("X-Purpose", StrangerId),
                ("X-Basis", StrangerId)
            );
            await Share(path, $$"""{"{{Stranger}}":"{{StrangerId}}","entname":{"{{Landlord}}":1} }""");
            await Share(path, $"<PACKAGE><DATA><RECORD {Stranger}=\"1\"><{Landlord}>{StrangerId}</{Landlord}>");
            await Keep(await host.As("hall-limited").Share(path, ShareHost.BodyOf(path)));
        }
    }

    /// <summary>Events with names wherever a sender could put them.</summary>
    private async Task Events()
    {
        using var municipal = host.Municipal();
        var opened = MunicipalEvents.Opened() with { Subject = Stranger, PartitionKey = StrangerId };
        var receipt = await Body(await municipal.Send(opened));
        var id = Id("receiptId", receipt);
        await Keep(await municipal.Send(opened));
        await Keep(await municipal.Send(opened with { Subject = Landlord }));
        await Keep(await municipal.Send(opened with { Id = Stranger, Type = Landlord, Source = StrangerId }));
        await Keep(await municipal.Client.Get($"/v1/events/{id}"));
        await Keep(await municipal.Client.Get($"/v1/events/{id}/receipt"));
        await Keep(await municipal.Client.Get($"/v1/events/{Stranger}"));
        await Keep(await host.Hall.Get($"/v1/cases/{Id("caseId", receipt)}"));
        var batch = Encoding.UTF8.GetBytes(
            $$"""[{"{{Stranger}}":"{{StrangerId}}"},{{Encoding.UTF8.GetString(MunicipalDriver.BytesOf(opened))}}]"""
        );
        await Keep(await municipal.Send(batch, municipal.Sign(batch), MunicipalDriver.Batch));
        await Keep(await municipal.SendWith(batch, [StrangerId]));
        await Keep(
            await host.Hall.Send(HttpMethod.Options, "/v1/events", null, ("WebHook-Request-Origin", StrangerId))
        );
        await Transfers(municipal);
    }

    /// <summary>A property that goes over, rightly and wrongly.</summary>
    private async Task Transfers(MunicipalDriver municipal)
    {
        var transferred = RegistryEvents
            .Transferred("p04", "t04", [Utility.Water, Utility.Television])
            .With(transfer => transfer with { Former = transfer.Former! with { Holder = Stranger } });
        var receipt = await Body(await municipal.Send(transferred));
        await Eventually.Of(
            "the transfer is processed",
            () => municipal.Read(Id("receiptId", receipt)),
            answer => answer.State == EventState.Processed
        );
        await Keep(await municipal.Client.Get($"/v1/events/{Id("receiptId", receipt)}"));
        await Keep(await host.Hall.Get($"/v1/cases/{Id("caseId", receipt)}"));
        await Keep(await municipal.Send(transferred with { Subject = Landlord }));
        await Keep(
            await municipal.Send(
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
    private async Task Cases()
    {
        var id = Id("caseId", await Post("/v1/applications", HallRequests.Residential("p02", "t02")));
        var (milestones, stops) = ($"/v1/cases/{id}/milestones", $"/v1/cases/{id}/stops");
        await Post(milestones, new MilestoneRequest { Milestone = "surveyed" });
        var stop = Id("stopId", await Post(stops, Stop));
        await Keep(await host.Hall.Send(HttpMethod.Delete, $"{stops}/{stop}"));
        await Keep(await host.Hall.Send(HttpMethod.Delete, $"{stops}/{StrangerId}?caller={Stranger}"));
        await Keep(await host.Hall.Send(HttpMethod.Delete, $"/v1/cases/{StrangerId}/stops/{StrangerId}"));
        await Post(
            $"/v1/cases/{StrangerId}/milestones?caller={Stranger}",
            new MilestoneRequest { Milestone = Stranger }
        );
        await Post($"/v1/cases/{StrangerId}/stops?caller={Stranger}", Stop);
        await Post(milestones, new MilestoneRequest { Milestone = Stranger });
        await Post(milestones, $$"""{"milestone":["{{Stranger}}"],"{{Landlord}}":"{{StrangerId}}"}""");
        await Post(stops, Stop with { Clock = Stranger, Reason = StrangerId });
        foreach (var evidence in new[] { Stranger, Street, StrangerId, $"ID-{StrangerId}", $"{StrangerId}/1" })
        {
            await Post(stops, Stop with { Evidence = evidence });
        }

        await Post(stops, $$"""{"clock":["{{Stranger}}"],"evidence":{{StrangerId}},"{{Landlord}}":"{{Street}}"}""");
        await Post(stops, Stop, ("Idempotency-Key", StrangerId));
        await Get($"/v1/cases/{id}?caller={Stranger}");
        await Get($"/v1/cases/{id}");
        await Reports();
    }

    /// <summary>One form for several utilities, and names wherever hall and providers could put them.</summary>
    private async Task JointApplications()
    {
        const string Joint = "/v1/joint-applications";
        var form = JointRequests.New("p03", "t03", [Utility.Network, Utility.Television]);
        var id = Id("jointApplicationId", await Post(Joint, form));
        await Post(Joint, form);
        await Post(
            Joint,
            form with
            {
                CaseId = Stranger,
                Former = new() { Holder = Stranger },
            }
        );
        await Get($"{Joint}/{id}");
        await Get($"{Joint}/{StrangerId}?name={Stranger}");
        await Post($"{Joint}/{id}/legs/network/resend", new LegResendRequest { Account = Stranger });
        await Post($"{Joint}/{id}/legs/{StrangerId}/resend", new LegResendRequest());
        var network = host.As("network");
        var status = new LegStatusReport
        {
            StatusId = "TOUR-1",
            LegId = $"{id}.network",
            State = "accepted",
            At = host.Hall.Time.GetUtcNow(),
            Detail = Stranger,
        };
        await Keep(await network.Post("/v1/utilities/network/statuses", status));
        await Keep(await network.Post("/v1/utilities/network/statuses", status with { Detail = StrangerId }));
        await Keep(
            await network.Post("/v1/utilities/network/statuses", status with { LegId = Stranger, Who = Stranger })
        );
        await Keep(await network.Post($"/v1/utilities/{StrangerId}/statuses", status));
        await Keep(await network.Send(HttpMethod.Post, $"/v1/utilities/network/work-list/{StrangerId}/taken"));
        await Keep(await network.Get($"/v1/utilities/{StrangerId}/work-list"));
        var from = host.Hall.Time.GetUtcNow().AddDays(1);
        await Post($"{Joint}/{id}/surveys", new SurveyRequest { From = from, Until = from.AddHours(2) });
        await Post($"{Joint}/{id}/surveys", new SurveyRequest());
        await Post($"{Joint}/{id}/surveys", $$"""{"from":"{{Stranger}}"}""");
        var permit = new PermitRequest { Permit = PermitKind.Road, State = PermitState.AppliedFor };
        await Post($"{Joint}/{id}/permits", permit);
        await Post($"{Joint}/{id}/permits", permit with { State = PermitState.Refused });
        await Post($"{Joint}/{StrangerId}/permits", permit with { Reference = Stranger });
        await Post($"{Joint}/{id}/legs/network/problems/1/close", new ProblemCloseRequest { Reference = "SETTLED-1" });
        await Post($"{Joint}/{id}/legs/{StrangerId}/problems/1/close", new ProblemCloseRequest());
        await Post($"{Joint}/{id}/legs/network/withdraw", new WithdrawRequest { Reason = Reason });
        await Post($"{Joint}/{id}/withdraw", new WithdrawRequest { Reason = Reason });
    }

    private async Task Reports()
    {
        var today = host.Hall.Time.GetUtcNow();
        await Get($"/v1/limits/report?from={today.AddDays(-2):yyyy-MM-dd}&to={today.AddDays(2):yyyy-MM-dd}");
        await Get($"/v1/limits/report?from={StrangerId}&to={Stranger}&serviceType={Stranger}&{Landlord}={StrangerId}");
        await Get($"/v1/limits/report?from=2026-11-23&to=2026-11-23&serviceType={Stranger}");
    }

    /// <summary>What operators see and do.</summary>
    private async Task Notices(HallDriver ops)
    {
        await Keep(await ops.Get("/v1/ops/notices"));
        await Keep(await ops.Get($"/v1/ops/notices?limit={StrangerId}&after={StrangerId}"));
        await Keep(await ops.Send(HttpMethod.Post, $"/v1/ops/notices/{StrangerId}/replay"));
        await Keep(await ops.Send(HttpMethod.Post, $"/v1/ops/notices/{StrangerId}/dismiss"));
        var many = $"/v1/ops/notices/subscribers/{StrangerId}/replay";
        await Keep(await ops.Send(HttpMethod.Post, many, new ReplayRequest { CaseId = StrangerId }));
        await Keep(await ops.Send(HttpMethod.Post, many, $$"""{"from":"{{Stranger}}","caseId":["{{StrangerId}}"]}"""));
    }

    private async Task Operators()
    {
        var ops = host.As("ops");
        await Keep(await ops.Get("/v1/ops/audit"));
        await Keep(await ops.Get($"/v1/ops/audit?after={Stranger}&limit={StrangerId}"));
        await Keep(await ops.Get($"/v1/ops/audit/{StrangerId}"));
        await Keep(await ops.Get("/v1/ops/agencies"));
        await Keep(await ops.Get("/v1/ops/sharing"));
        await Keep(await ops.Get("/v1/ops/calendars"));
        await Keep(
            await ops.Send(
                HttpMethod.Put,
                $"/v1/ops/calendars/{StrangerId}",
                $$"""{"notice":["{{Stranger}}"],"days":[{"name":"{{Stranger}}","date":"{{StrangerId}}"}]}"""
            )
        );
        await Keep(await ops.Send(HttpMethod.Put, "/v1/ops/calendars/2026", new CalendarRequest { Notice = "x" }));
        var maintenance = "/v1/ops/agencies/grid-resource/maintenance";
        await Keep(await ops.Send(HttpMethod.Put, maintenance, new MaintenanceRequest { Reason = "New machines." }));
        await Keep(await ops.Get("/v1/ops/events/dead-letters"));
        await Keep(await ops.Post($"/v1/ops/events/{StrangerId}/release", new ReleaseRequest { Reason = "Mended." }));
        await Keep(await ops.Send(HttpMethod.Delete, maintenance));
        await Keep(
            await ops.Send(HttpMethod.Put, maintenance, $$"""{"reason":["{{Stranger}}"],"until":"{{StrangerId}}"}""")
        );
        await Keep(
            await ops.Send(HttpMethod.Put, $"/v1/ops/agencies/{StrangerId}/maintenance", new MaintenanceRequest())
        );
        await Keep(await ops.Send(HttpMethod.Delete, $"/v1/ops/agencies/{StrangerId}/maintenance"));
        await Keep(await ops.Send(HttpMethod.Post, "/v1/ops/agencies/real-estate/diagnosis"));
        await Notices(ops);
        await Keep(await ops.Send(HttpMethod.Post, "/v1/ops/agencies/business-licence/diagnosis"));
        await Keep(await ops.Send(HttpMethod.Post, $"/v1/ops/agencies/{StrangerId}/diagnosis"));
    }

    /// <summary>Callers who may not, and tokens that are none.</summary>
    private async Task Strangers()
    {
        await Keep(await host.As("hall-limited").Post("/v1/verifications", HallRequests.Verification()));
        await Keep(await host.As("hall-limited").Post("/v1/applications", HallRequests.Residential()));
        await Keep(await host.As("water").Post("/v1/applications", HallRequests.Residential()));
        using var content = Json(HallRequests.Verification());
        await Keep(await host.Hall.Http.PostAsync("/v1/verifications", content));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/applications/app_1");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {StrangerId}");
        await Keep(await host.Hall.Http.SendAsync(request));
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", Stranger),
            new("client_secret", StrangerId),
            new("scope", Landlord),
        ]);
        await Keep(await host.Hall.Http.PostAsync("/oauth/token", form));
    }

    private async Task Malformed()
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
                await Keep(await host.Hall.Post(address, body, ("Prefer", $"wait={StrangerId}")));
            }
        }
    }

    private async Task Addresses()
    {
        await Get($"/v1/verifications/{StrangerId}?name={Stranger}");
        await Get($"/v1/applications/{Stranger}");
        await Get($"/v1/evidence/{StrangerId}");
        await Get($"/v1/{Stranger}/{StrangerId}");
        await Keep(await host.Hall.Send(HttpMethod.Delete, $"/v1/applications/{StrangerId}"));
        await Keep(await host.Hall.Send(HttpMethod.Get, $"/health/ready?{Stranger}", null, ("User-Agent", StrangerId)));
        await Keep(
            await host.Hall.Send(
                HttpMethod.Get,
                "/v1/x",
                null,
                ("baggage", $"name={StrangerId}"),
                ("X-Case-Id", StrangerId)
            )
        );
        await Keep(await host.Hall.Send(HttpMethod.Trace, $"/{StrangerId}"));
    }

    private async Task BrokenAgencies()
    {
        foreach (var fault in new[] { "http500", "malformed", "refuse", "expireSecret", "wrongSignature", "reset" })
        {
            foreach (var agency in s_agencies)
            {
                await host.Agencies.Break(agency, fault);
            }

            await Post("/v1/verifications", HallRequests.Verification());
            await Post("/v1/applications", HallRequests.Residential());
            await Share("enterprise-register/query", ShareHost.BodyOf("enterprise-register/query"));
            await Share("identity-check/check", ShareHost.BodyOf("identity-check/check"));
            foreach (var agency in s_agencies)
            {
                await host.Agencies.Mend(agency);
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

    private async Task<string> Post(string path, object body, params (string, string)[] headers) =>
        await Body(await host.Hall.Post(path, body, headers));

    private async Task Share(string path, string? body, params (string, string)[] headers)
    {
        using var answer = await host.Hall.Share(path, body, headers);
        var text = answer.IsSuccessStatusCode ? string.Empty : await answer.Content.ReadAsStringAsync();
        _answers.Enqueue($"{answer.Headers}{answer.Content.Headers}{text}");
    }

    private async Task Get(string path) => await Body(await host.Hall.Get(path));

    private async Task Keep(HttpResponseMessage answer) => await Body(answer);

    private async Task<string> Body(HttpResponseMessage answer)
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
