using System.Net;
using System.Net.Http.Json;
using System.Text;
using Integration.Contracts;
using Integration.Contracts.Problems;
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

/// <summary>
/// Each body that the gateway reads, with a person's number or name in each of its free texts, over HTTP: refused at that place, the
/// text is not repeated, and the same body without it is taken. Nothing of it is found in the database, logs, spans or metrics.
/// </summary>
public sealed class FreeTextsAtTheDoorTests : IAsyncLifetime
{
    private const string Number = "421022198603173319";
    private const string Name = "欧阳不详";
    private static readonly string[] s_numbers =
    [
        Number,
        "ID-421022.19860317.3319-1",
        "421022860317331",
        "13912345678",
    ];

    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IntegrationHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_persons_number_or_name_in_a_text_of_any_body_is_refused_and_nothing_of_it_is_kept()
    {
        var hall = _host.Hall;
        var verification = HallRequests.Verification();
        await RefusesAsync(hall, "/v1/verifications", verification with { Person = Stranger }, Name);
        var residential = HallRequests.Residential();
        await RefusesAsync(hall, "/v1/applications", Everything(residential), Name);
        var application = await hall.Api.ApplyAsync(HallRequests.Residential("p02", "t02"));
        var at = $"/v1/applications/{application.ApplicationId}";
        await RefusesAsync(hall, $"{at}/materials", Material, SyntheticWorld.Person("p02").Name!);
        await RefusesAsync(hall, $"{at}/commitments", Promise, SyntheticWorld.Person("p02").Name!);
        await RefusesAsync(hall, $"{at}/withdraw", new WithdrawRequest { Reason = "x" });
        await RefusesAsync(
            hall,
            $"/v1/cases/{application.CaseId}/milestones",
            new MilestoneRequest { Milestone = "x" }
        );
        await RefusesAsync(hall, $"/v1/cases/{application.CaseId}/stops", Stop);
        await JointAsync(hall);
        await OperatorsAsync();

        Assert.Empty(
            await NothingPersonalIsSaidTests.TracesInAsync(_host, [.. s_numbers, Name, "421022.19860317.3319"])
        );
        Assert.True((await hall.PostAsync("/v1/verifications", verification)).IsSuccessStatusCode);
        Assert.True((await hall.PostAsync("/v1/applications", residential)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_persons_number_or_name_in_a_text_of_an_event_is_refused()
    {
        using var municipal = _host.Municipal();
        var opened = MunicipalEvents.Opened();
        var whole = opened with
        {
            Data = opened.Data! with
            {
                Enterprise = opened.Data.Enterprise! with { LegalRepresentative = Name },
                Agent = new AgentInput
                {
                    Name = Name,
                    IdNumber = Number,
                    AuthorisationReference = "A-1",
                },
                Items = [new EventItem("seal", true, "done")],
            },
        };
        foreach (var text in s_numbers.Append(Name))
        {
            foreach (var (pointer, body) in PlantedTexts.In(whole, text))
            {
                var bytes = Encoding.UTF8.GetBytes(body);
                using var answer = await municipal.SendAsync(bytes, municipal.Sign(bytes));
                if (pointer != "/source") // the name of another source is another refusal
                {
                    await RefusedAsync(answer, HttpStatusCode.UnprocessableEntity, pointer, text);
                }
            }
        }

        using var taken = await municipal.SendAsync(opened);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Empty(await NothingPersonalIsSaidTests.TracesInAsync(_host, [.. s_numbers, Name]));
    }

    [Theory]
    [InlineData("X-Case-Id", Number)]
    [InlineData("X-Case-Id", "ID-421022.19860317.3319")]
    [InlineData("X-Case-Id", "13912345678")]
    [InlineData("X-Basis", $"consent; reference=\"{Number}\"; grantedAt=\"2026-11-23T09:00:00+08:00\"")]
    [InlineData("X-Basis", "consent; reference=\"C 421022-19860317-3319\"; grantedAt=\"2026-11-23T09:00:00+08:00\"")]
    public async Task A_persons_number_in_a_header_of_a_forwarded_request_is_refused(string header, string text)
    {
        const string Path = "grid-capacity/query";

        using var answer = await _host.Hall.ShareAsync(Path, ShareFixture.BodyOf(Path), (header, text));
        var problem = await ProblemAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(problem.Errors!, fault => fault.Pointer == $"header:{header}" && fault.Code == "personal-data");
        using var good = await _host.Hall.ShareAsync(
            Path,
            ShareFixture.BodyOf(Path),
            ("X-Case-Id", "HALL-20261123000000000001")
        );
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task A_persons_number_in_a_query_is_refused_and_another_number_is_not()
    {
        var ops = _host.As("ops");

        using var refused = await ops.GetAsync($"/v1/ops/audit?limit=5&after={Number}");
        using var named = await ops.GetAsync($"/v1/ops/audit?{Number}=1");
        using var taken = await ops.GetAsync("/v1/ops/audit?limit=5&after=aud_00000000000000000000000000");

        Assert.Equal("query:after", Assert.Single((await ProblemAsync(refused)).Errors!).Pointer);
        Assert.Equal("query", Assert.Single((await ProblemAsync(named)).Errors!).Pointer);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    private async Task JointAsync(HallDriver hall)
    {
        const string Joints = "/v1/joint-applications";
        var form = JointRequests.New("p03", "t03", [Utility.Network]);
        await RefusesAsync(
            hall,
            Joints,
            form with
            {
                Kind = JointKind.Transfer,
                Agent = Agent,
                Former = new FormerHolderInput { Holder = Name },
            },
            Name
        );
        var joint = await hall.Api.OpenJointApplicationAsync(form);
        var id = $"{Joints}/{joint.JointApplicationId}";
        await RefusesAsync(hall, $"{id}/permits", new PermitRequest { Permit = PermitKind.Road });
        await RefusesAsync(hall, $"{id}/legs/network/resend", Resend);
        await RefusesAsync(hall, $"{id}/legs/network/problems/1/close", new ProblemCloseRequest());
        await RefusesAsync(_host.As("network"), "/v1/utilities/network/statuses", Status(joint));
        using var taken = await _host.As("network").PostAsync("/v1/utilities/network/statuses", Status(joint));
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());
    }

    private async Task OperatorsAsync()
    {
        var ops = _host.As("ops");
        await RefusesAsync(ops, "/v1/ops/events/evr_1/release", new ReleaseRequest { Reason = "x" });
        await RefusesAsync(ops, "/v1/ops/notices/subscribers/hall/replay", new ReplayRequest { CaseId = "x" });
        await RefusesAsync(
            ops,
            "/v1/ops/agencies/grid-resource/maintenance",
            new MaintenanceRequest { Reason = "x" },
            method: HttpMethod.Put
        );
        await RefusesAsync(
            ops,
            "/v1/ops/calendars/2027",
            new CalendarRequest { Notice = "x", Days = [new CalendarDayInput { Name = "x" }] },
            method: HttpMethod.Put
        );
    }

    private static PersonInput Stranger => new() { Name = Name, IdNumber = Number };

    private static AgentInput Agent =>
        new()
        {
            Name = Name,
            IdNumber = Number,
            AuthorisationReference = "MANDATE-1",
        };

    private static ApplicationRequest Everything(ApplicationRequest request) =>
        request with
        {
            Agent = Agent,
            Applicant = request.Applicant! with { GuardianConsent = Consent },
            Members =
            [
                new HouseholdMemberInput
                {
                    Name = "司空家人",
                    IdNumber = Number,
                    Consent = Consent,
                },
            ],
            Premises = request.Premises! with
            {
                Tenure = Tenure.Lease,
                Lease = new LeaseInput { LandlordName = "司空房东", Reference = "LEASE-1" },
            },
        };

    private static ConsentInput Consent => new() { Reference = "C-1", GrantedAt = HallRequests.Consent.GrantedAt };

    private static MaterialRequest Material =>
        new()
        {
            Proof = "title",
            Reference = "FILE-1",
            Sha256 = new string('a', 64),
        };

    private static CommitmentRequest Promise =>
        new()
        {
            Proof = "title",
            Reference = "PROMISE-1",
            SignedAt = HallRequests.Consent.GrantedAt,
        };

    private static StopRequest Stop =>
        new()
        {
            Clock = "company",
            Reason = "government-permit",
            Evidence = "PERMIT-1",
        };

    private static LegResendRequest Resend =>
        new()
        {
            Need = new UtilityNeed { Use = "shop" },
            Consent = Consent,
            Materials = [Material],
        };

    private LegStatusReport Status(JointApplicationResponse joint) =>
        new()
        {
            StatusId = "20261123000000000001",
            LegId = joint.Legs[0].LegId,
            State = "accepted",
            At = _host.Hall.Time.GetUtcNow(),
            Missing = ["身份证明"],
            Fees = [new LegFee { Name = "材料费", Amount = 0 }],
            Reference = "N-1",
        };

    /// <summary>Every free text of the body with every number in it, and with a name if one is given that the request knows.</summary>
    private static async Task RefusesAsync<T>(
        HallDriver client,
        string path,
        T body,
        string? name = null,
        HttpMethod? method = null
    )
    {
        foreach (var text in s_numbers.Concat(name is null ? [] : [name, string.Join(' ', name.AsEnumerable())]))
        {
            foreach (var (pointer, planted) in PlantedTexts.In(body, text))
            {
                using var answer = await client.SendAsync(method ?? HttpMethod.Post, path, planted);
                if (pointer != "/proof" || s_numbers.Contains(text, StringComparer.Ordinal)) // a proof is named from a list: not a text
                {
                    await RefusedAsync(answer, HttpStatusCode.BadRequest, pointer, text);
                }
            }
        }
    }

    private static async Task RefusedAsync(
        HttpResponseMessage answer,
        HttpStatusCode status,
        string pointer,
        string text
    )
    {
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{pointer}: {(int)answer.StatusCode} {said}");
        Assert.DoesNotContain(text, said, StringComparison.Ordinal);
        Assert.Contains(
            (await ProblemAsync(answer)).Errors!,
            fault => fault.Pointer == pointer && fault.Code == "personal-data"
        );
    }

    private static async Task<Problem> ProblemAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<Problem>(IntegrationJson.AnswerOptions))!;
}
