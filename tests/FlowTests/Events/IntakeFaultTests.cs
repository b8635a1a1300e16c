using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Events;

/// <summary>What an event has to say; everything that is wrong comes at once, at its place.</summary>
public sealed class IntakeFaultTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task All_faults_come_at_once()
    {
        var good = MunicipalEvents.Opened();
        var faults = await FaultsOfAsync(
            MunicipalDriver.BytesOf(
                good with
                {
                    SpecVersion = "0.3",
                    Id = "E 1",
                    Type = "enterprise.moved",
                    Time = null,
                    DataContentType = "text/xml",
                    Sequence = "-1",
                    SequenceType = "Float",
                    Data = good.Data! with
                    {
                        ProgrammeVersion = null,
                        Enterprise = good.Data.Enterprise! with { Uscc = "91", Name = null },
                        Agent = new AgentInput { Name = "", IdNumber = "1" },
                        Premises = null,
                        Utilities = new EventUtilities
                        {
                            Electricity = new UtilityIntention { Requested = true, CapacityKw = 0 },
                            Water = new UtilityIntention { CapacityKw = 1 },
                        },
                        Items = [new EventItem(null, true, null)],
                        Consent = new ConsentInput { GrantedAt = TimeProvider.System.GetUtcNow().AddDays(1) },
                    },
                }
            )
        );
        Assert.Equal(
            [
                "/data/agent/idNumber length",
                "/data/agent/name missing",
                "/data/consent/grantedAt in-the-future",
                "/data/consent/reference missing",
                "/data/enterprise/name missing",
                "/data/enterprise/uscc length",
                "/data/items/0/code missing",
                "/data/premises missing",
                "/data/programmeVersion missing",
                "/data/utilities/electricity/capacityKw number-range",
                "/data/utilities/water/capacityKw unexpected",
                "/data/utilities/water/requested missing",
                "/datacontenttype unknown-value",
                "/id pattern",
                "/sequence pattern",
                "/sequencetype unknown-value",
                "/specversion unknown-value",
                "/time missing",
                "/type unknown-value",
            ],
            faults.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;Charset=\"UTF-8\"")]
    [InlineData("application/json ; charset = utf8")]
    [InlineData("application/json;")]
    [InlineData(null)]
    public async Task The_data_may_say_that_they_are_in_UTF8(string? type)
    {
        using var municipal = shared.Host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened() with { DataContentType = type });
        Assert.Equal(ReceiptStatus.Accepted, receipt.Status);
    }

    [Theory]
    [InlineData("application/json; charset=gbk", "not UTF-8")]
    [InlineData("application/json; charset=\"iso-8859-1\"", "not UTF-8")]
    [InlineData("application/json; version=1", "parameter other than charset")]
    [InlineData("application/xml; charset=utf-8", "not one that is taken here")]
    [InlineData("", "not one that is taken here")]
    public async Task Data_of_another_type_or_charset_are_refused_with_the_reason(string type, string reason)
    {
        using var municipal = shared.Host.Municipal();
        var body = MunicipalDriver.BytesOf(MunicipalEvents.Opened() with { DataContentType = type });
        using var answer = await municipal.SendAsync(body, municipal.Sign(body));
        var fault = Assert.Single((await HallDriver.ProblemOfAsync(answer)).Errors!);
        Assert.Equal(("/datacontenttype", "unknown-value"), (fault.Pointer, fault.Code));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_premises_of_an_event_keep_the_rules_of_an_application()
    {
        var good = MunicipalEvents.Opened();
        var premises = good.Data!.Premises! with { Tenure = Tenure.Lease, Address = null };
        var faults = await FaultsOfAsync(
            MunicipalDriver.BytesOf(good with { Data = good.Data with { Premises = premises } })
        );
        Assert.Equal(
            ["/data/premises/address missing", "/data/premises/lease missing"],
            faults.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("""{"source":"nobody"}""", "/source unknown-value")]
    [InlineData("""{"source":null}""", "/source missing")]
    [InlineData("""{"id":null}""", "/id missing")]
    [InlineData("""{"sequence":"0"}""", "/sequence pattern")]
    [InlineData("""{"sequence":"1234567890123456789"}""", "/sequence pattern")]
    [InlineData("""{"sequence":"5000"}""", "/sequence too-far-ahead")]
    [InlineData("""{"sequence":"999999999999999999"}""", "/sequence too-far-ahead")]
    [InlineData("""{"sequence":null,"sequencetype":"Integer"}""", "/sequence missing")]
    [InlineData("""{"sequence":1}""", "/sequence wrong-type")]
    [InlineData("""{"comexampleextension":"x"}""", "/comexampleextension unknown-member")]
    [InlineData("""{"data_base64":"e30="}""", " unknown-member")]
    [InlineData("""{"data":null}""", "/data missing")]
    [InlineData("""{"data":{"face":"x"}}""", "/data/face unknown-member")]
    public async Task A_fault_is_named_at_its_place(string change, string fault) =>
        Assert.Contains(fault, await FaultsOfAsync(Bytes(Merged(JsonNode.Parse(change)!.AsObject()))));

    [Fact]
    public async Task What_tracing_and_brokers_add_is_tolerated()
    {
        var change =
            """{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","tracestate":"a=b","partitionkey":"7"}""";
        using var municipal = shared.Host.Municipal();
        var body = Bytes(Merged(JsonNode.Parse(change)!.AsObject()));
        using var answer = await municipal.SendAsync(body, municipal.Sign(body));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task Bytes_that_are_no_JSON_object_are_a_fault_of_the_event()
    {
        var good = Encoding.UTF8.GetString(MunicipalDriver.BytesOf(MunicipalEvents.Opened()));
        Assert.Equal([" syntax"], await FaultsOfAsync("{"u8.ToArray()));
        Assert.Equal([" wrong-type"], await FaultsOfAsync("[]"u8.ToArray()));
        Assert.Equal([" wrong-type"], await FaultsOfAsync("null"u8.ToArray()));
        Assert.Equal([" encoding"], await FaultsOfAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(good)]));
        Assert.Equal([" encoding"], await FaultsOfAsync(Encoding.Unicode.GetBytes(good)));
        Assert.Equal([" trailing-data"], await FaultsOfAsync(Encoding.UTF8.GetBytes(good + good)));
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40);
        Assert.Equal([" too-deep"], await FaultsOfAsync(Encoding.UTF8.GetBytes(deep)));
        var twice = good.Replace(
            "\"specversion\":\"1.0\"",
            "\"specversion\":\"1.0\",\"specversion\":\"1.0\"",
            StringComparison.Ordinal
        );
        Assert.Equal(["/specversion duplicate-key"], await FaultsOfAsync(Encoding.UTF8.GetBytes(twice)));
    }

    [Fact]
    public async Task The_time_lies_within_the_window_on_both_sides()
    {
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal(["/time in-the-future"], await FaultsOfAsync(At(now.AddMinutes(6))));
        Assert.Equal(["/time too-old"], await FaultsOfAsync(At(now.AddDays(-91))));
        using var municipal = shared.Host.Municipal();
        await municipal.AcceptedAsync(MunicipalEvents.Opened("c03", time: now.AddMinutes(4)));
        await municipal.AcceptedAsync(MunicipalEvents.Opened("c04", time: now.AddDays(-89)));

        static byte[] At(DateTimeOffset time) => MunicipalDriver.BytesOf(MunicipalEvents.Opened(time: time));
    }

    [Fact]
    public async Task A_withdrawal_needs_the_credit_code_only()
    {
        using var municipal = shared.Host.Municipal();
        var withdrawn = MunicipalEvents.Opened("c05") with { Type = "enterprise.withdrawn" };
        var bare = withdrawn with
        {
            Data = new EventData { Enterprise = new EventEnterprise { Uscc = withdrawn.Data!.Enterprise!.Uscc } },
        };
        Assert.Equal(ReceiptStatus.Accepted, (await municipal.AcceptedAsync(bare)).Status);
        var faults = await FaultsOfAsync(
            MunicipalDriver.BytesOf(bare with { Type = "enterprise.changed", Id = MunicipalEvents.NewId() })
        );
        Assert.Equal(
            [
                "/data/consent missing",
                "/data/enterprise/legalRepresentative missing",
                "/data/enterprise/name missing",
                "/data/programmeVersion missing",
            ],
            faults.Order(StringComparer.Ordinal)
        );
    }

    private static JsonObject Merged(JsonObject change)
    {
        var good = JsonNode.Parse(MunicipalDriver.BytesOf(MunicipalEvents.Opened()))!.AsObject();
        foreach (var (name, value) in change)
        {
            good[name] = value?.DeepClone();
        }

        return good;
    }

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    private async Task<IReadOnlyList<string>> FaultsOfAsync(byte[] body)
    {
        using var municipal = shared.Host.Municipal();
        using var answer = await municipal.SendAsync(body, municipal.Sign(body));
        Problem problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "event-invalid"), (answer.StatusCode, problem.Code));
        return [.. problem.Errors!.Select(fault => $"{fault.Pointer} {fault.Code}")];
    }
}
