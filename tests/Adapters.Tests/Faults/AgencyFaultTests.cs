using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Faults;

/// <summary>Every fault the sandbox can play, for every agency here: what comes out of the port, at which stage, on whose side.</summary>
public class AgencyFaultTests
{
    private static readonly string[] s_agencies =
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

    public static TheoryData<string> Agencies => [.. s_agencies];

    [Theory]
    [MemberData(nameof(Agencies))]
    public async Task A_late_answer_within_the_time_is_an_answer(string agency)
    {
        await using var adapters = await ReadyAsync(agency);
        await adapters.SwitchAsync(agency, "delay", seconds: 0.1, count: 1);
        Assert.Equal("found", (await adapters.AskAsync(agency)).Kind);
    }

    [Theory]
    [MemberData(nameof(Agencies))]
    public async Task Silence_is_a_time_out_of_the_agency(string agency)
    {
        await using var adapters = await ReadyAsync(
            agency,
            ($"{agency}:Limits:AttemptTime", "00:00:01"),
            ($"{agency}:Limits:ConnectTime", "00:00:01"),
            ($"{agency}:Limits:Retries", "0")
        );
        await adapters.SwitchAsync(agency, "hang");
        await IsUnansweredAsync(adapters, agency, FailureStage.TimeOut, FailureSide.Agency, "time-out");
    }

    [Theory]
    [MemberData(nameof(Agencies))]
    public async Task A_broken_server_is_a_failed_status_of_the_agency(string agency)
    {
        await using var adapters = await ReadyAsync(agency);
        await adapters.SwitchAsync(agency, "http500");
        await IsUnansweredAsync(adapters, agency, FailureStage.Status, FailureSide.Agency, "http-500");
    }

    [Theory]
    [MemberData(nameof(Agencies))]
    public async Task A_server_that_broke_once_is_asked_again(string agency)
    {
        await using var adapters = await ReadyAsync(agency);
        await adapters.SwitchAsync(agency, "http500", count: 1);
        var before = (await adapters.CallsAsync(agency)).Length;
        Assert.Equal("found", (await adapters.AskAsync(agency)).Kind);
        var calls = (await adapters.CallsAsync(agency))[before..];
        Assert.Equal(calls[0], calls[1]);
    }

    [Theory]
    [MemberData(nameof(Agencies))]
    public async Task A_spoilt_answer_is_no_answer(string agency)
    {
        await using var adapters = await ReadyAsync(agency, ($"{agency}:Limits:Retries", "0"));
        await adapters.SwitchAsync(agency, "malformed");
        string[] spoilt = agency switch
        {
            "gas" => ["html", "xml", "charset", "xml"],
            // Half of this file ends in the middle of a character.
            "television" => ["html", "charset", "charset", "csv"],
            _ => ["html", "json", "charset", "json"],
        };
        foreach (var code in spoilt)
        {
            await IsUnansweredAsync(adapters, agency, FailureStage.Parse, FailureSide.Agency, code);
        }
    }

    [Theory]
    [InlineData("real-estate", "code-4003")]
    [InlineData("licence-library", "code-12")]
    [InlineData("grid-resource", "http-403")]
    [InlineData("project-approval", "http-403")]
    [InlineData("electricity", "http-403")]
    [InlineData("water", "http-403")]
    [InlineData("gas", "http-403")]
    [InlineData("television", "http-403")]
    public async Task A_refusal_of_the_data_is_refused(string agency, string code)
    {
        await using var adapters = await ReadyAsync(agency);
        await adapters.SwitchAsync(agency, "refuse");
        var asked = await adapters.AskAsync(agency);
        Assert.Equal("refused", asked.Kind);
        Assert.Equal((FailureStage.Authorisation, FailureSide.Gateway, code), Known.Of(asked.Failure));
    }

    [Theory]
    [InlineData("real-estate", "unanswered", FailureStage.Secret, "code-1")]
    [InlineData("licence-library", "refused", FailureStage.Authorisation, "code-11")]
    [InlineData("grid-resource", "unanswered", FailureStage.Secret, "http-401")]
    [InlineData("project-approval", "unanswered", FailureStage.Secret, "http-401")]
    [InlineData("electricity", "unanswered", FailureStage.Secret, "http-401")]
    [InlineData("water", "unanswered", FailureStage.Secret, "http-401")]
    [InlineData("gas", "unanswered", FailureStage.Secret, "http-401")]
    [InlineData("television", "unanswered", FailureStage.Secret, "http-401")]
    public async Task A_refused_signature_is_our_side(string agency, string kind, FailureStage stage, string code)
    {
        await using var adapters = await ReadyAsync(agency);
        await adapters.SwitchAsync(agency, "wrongSignature");
        var asked = await adapters.AskAsync(agency);
        Assert.Equal(kind, asked.Kind);
        Assert.Equal((stage, FailureSide.Gateway, code), Known.Of(asked.Failure));
    }

    [Theory]
    [InlineData("real-estate", "token")]
    [InlineData("electricity", "token")]
    public async Task An_expired_key_is_renewed_once_and_the_question_asked_again(string agency, string renewal)
    {
        await using var adapters = await ReadyAsync(agency);
        await adapters.SwitchAsync(agency, "expireSecret");
        var asked = await adapters.AskAsync(agency);
        Assert.Equal(("found", 2), (asked.Kind, asked.Trace.Attempts));
        Assert.Equal(2, (await adapters.CallsAsync(agency)).Count(operation => operation == renewal));
    }

    [Theory]
    [InlineData("licence-library", "refused", FailureStage.Authorisation, "code-11")]
    [InlineData("grid-resource", "unanswered", FailureStage.Secret, "http-401")]
    [InlineData("project-approval", "unanswered", FailureStage.Secret, "http-401")]
    [InlineData("water", "unanswered", FailureStage.Secret, "http-401")]
    [InlineData("gas", "unanswered", FailureStage.Secret, "http-401")]
    [InlineData("television", "unanswered", FailureStage.Secret, "http-401")]
    public async Task An_expired_key_that_nobody_hands_out_is_our_side(
        string agency,
        string kind,
        FailureStage stage,
        string code
    )
    {
        await using var adapters = await ReadyAsync(agency);
        await adapters.SwitchAsync(agency, "expireSecret");
        var asked = await adapters.AskAsync(agency);
        Assert.Equal((kind, 1), (asked.Kind, asked.Trace.Attempts));
        Assert.Equal((stage, FailureSide.Gateway, code), Known.Of(asked.Failure));
        Assert.Equal("found", (await adapters.AskAsync(agency)).Kind);
    }

    [Theory]
    [MemberData(nameof(Agencies))]
    public async Task A_broken_connection_is_the_networks_side(string agency)
    {
        await using var adapters = await ReadyAsync(agency);
        await adapters.SwitchAsync(agency, "reset");
        var asked = await adapters.AskAsync(agency);
        Assert.Equal("unanswered", asked.Kind);
        Assert.Equal((FailureStage.Transfer, FailureSide.Network), (asked.Failure!.Stage, asked.Failure.Side));
    }

    [Theory]
    [MemberData(nameof(Agencies))]
    public async Task An_agency_that_works_again_is_asked_again(string agency)
    {
        await using var adapters = await ReadyAsync(agency);
        await adapters.SwitchAsync(agency, "http500", count: 2);
        Assert.Equal("unanswered", (await adapters.AskAsync(agency)).Kind);
        Assert.Equal("found", (await adapters.AskAsync(agency)).Kind);
    }

    /// <summary>Adapters that hold the agency's key already, so that the fault hits the question and not the key.</summary>
    private static async Task<AdaptersOnSandbox> ReadyAsync(string agency, params (string Key, string Value)[] settings)
    {
        var adapters = await AdaptersOnSandbox.StartAsync(settings);
        Assert.Equal("found", (await adapters.AskAsync(agency)).Kind);
        return adapters;
    }

    private static async Task IsUnansweredAsync(
        AdaptersOnSandbox adapters,
        string agency,
        FailureStage stage,
        FailureSide side,
        string code
    )
    {
        var asked = await adapters.AskAsync(agency);
        Assert.Equal("unanswered", asked.Kind);
        Assert.Equal((stage, side, code), Known.Of(asked.Failure));
    }
}
