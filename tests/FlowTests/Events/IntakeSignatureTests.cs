using System.Net;
using System.Net.Http.Headers;
using Integration.Contracts.Problems;
using Integration.FlowTests.Sharing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Events;

/// <summary>Who may hand events in: a caller that is listed for the source, with the source's own signature.</summary>
public sealed class IntakeSignatureTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly byte[] _body = MunicipalDriver.BytesOf(MunicipalEvents.Opened("c02", "t-company"));

    [Fact]
    public async Task Without_a_token_nothing_is_looked_at()
    {
        using var municipal = shared.Host.Municipal();
        using var content = new ByteArrayContent(_body);
        content.Headers.ContentType = new MediaTypeHeaderValue(MunicipalDriver.Structured);
        using var answer = await municipal.Client.Http.PostAsync("/v1/events", content);
        Assert.Equal("unauthenticated", (await HallDriver.ProblemOfAsync(answer)).Code);
    }

    [Fact]
    public async Task An_unsigned_event_is_refused()
    {
        using var municipal = shared.Host.Municipal();
        await IsRefusedAsync(await municipal.SendAsync(_body, signature: null), "missing or empty");
    }

    [Theory]
    [InlineData("", "missing or empty")]
    [InlineData("!!!!", "not Base64")]
    [InlineData("TUlJ QQ==", "not Base64")]
    [InlineData("TUlJQQ==, TUlJQQ==", "not Base64")]
    [InlineData("TUlJQQ==", "Rule")]
    public async Task A_half_signed_event_is_refused(string header, string says)
    {
        using var municipal = shared.Host.Municipal();
        await IsRefusedAsync(await municipal.SendWithAsync(_body, [header]), says);
    }

    [Fact]
    public async Task Two_signature_headers_are_refused_at_the_front()
    {
        const string Header = "Content-Signature: TUlJQQ==";
        var once = await shared.Host.RawAsync("POST /v1/events", "{}", headers: Header);
        var twice = await shared.Host.RawAsync("POST /v1/events", "{}", headers: [Header, Header]);
        Assert.Equal((415, 400), (RawShare.Status(once), RawShare.Status(twice)));
    }

    [Fact]
    public async Task A_signature_over_other_bytes_is_refused()
    {
        using var municipal = shared.Host.Municipal();
        await IsRefusedAsync(await municipal.SendAsync([.. _body, (byte)' '], municipal.Sign(_body)), "Rule");
    }

    [Fact]
    public async Task An_event_signed_by_another_registered_source_is_refused()
    {
        using var other = shared.Host.Municipal("county-hall");
        await IsRefusedAsync(await other.SendAsync(_body, other.Sign(_body)), "registered for another source");
    }

    [Fact]
    public async Task A_client_that_is_not_listed_for_the_source_may_not_deliver()
    {
        using var hall = shared.Host.Municipal(client: "hall");
        using var answer = await hall.SendAsync(_body, hall.Sign(_body));
        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal((HttpStatusCode.Forbidden, "not-granted"), (answer.StatusCode, problem.Code));
        Assert.Contains("Rule source", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signature_is_looked_at_before_the_content()
    {
        using var municipal = shared.Host.Municipal();
        byte[] noJson = [0xEF, 0xBB, 0xBF, (byte)'{'];
        await IsRefusedAsync(await municipal.SendAsync(noJson, municipal.Sign(_body)), "Rule");
        using var answer = await municipal.SendAsync(noJson, municipal.Sign(noJson));
        Assert.Equal("event-invalid", (await HallDriver.ProblemOfAsync(answer)).Code);
    }

    [Theory]
    [InlineData("application/json", "not one that is taken here")]
    [InlineData("text/plain", "not one that is taken here")]
    [InlineData("application/cloudevents+json; charset=gbk", "not UTF-8")]
    [InlineData("application/cloudevents-batch+json; charset=\"utf-16\"", "not UTF-8")]
    [InlineData("application/cloudevents+json; version=1", "parameter other than charset")]
    [InlineData("application/pkcs7-mime", "not one that is taken here")]
    [InlineData("application/pkcs7-mime; smime-type=enveloped-data", "not one that is taken here")]
    public async Task Another_content_type_is_refused_and_told_those_that_are_taken(string mediaType, string reason)
    {
        using var municipal = shared.Host.Municipal();
        using var answer = await municipal.SendAsync(_body, municipal.Sign(_body), mediaType);
        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"),
            (answer.StatusCode, problem.Code)
        );
        Assert.Contains(reason, problem.Detail, StringComparison.Ordinal);
        Assert.All(
            new[]
            {
                "application/cloudevents+json",
                "application/cloudevents-batch+json",
                "application/pkcs7-mime; smime-type=signed-data",
            },
            type => Assert.Contains(type, problem.Detail, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("application/cloudevents+json; charset=utf-8")]
    [InlineData("Application/CloudEvents+JSON ; Charset=\"UTF-8\"")]
    [InlineData("application/cloudevents+json;charset=utf8")]
    public async Task UTF8_may_be_said_in_any_spelling(string mediaType)
    {
        using var municipal = shared.Host.Municipal();
        using var answer = await municipal.SendAsync(_body, municipal.Sign(_body), mediaType);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task A_content_type_is_judged_of_known_callers_only()
    {
        using var stranger = new HttpClient { BaseAddress = shared.Host.Gateway };
        using var content = new StringContent("x");
        using var answer = await stranger.PostAsync("/v1/events", content);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task IsRefusedAsync(HttpResponseMessage answer, string says)
    {
        using (answer)
        {
            Problem problem = await HallDriver.ProblemOfAsync(answer);
            Assert.Equal((HttpStatusCode.Unauthorized, "signature-invalid"), (answer.StatusCode, problem.Code));
            Assert.Contains(says, problem.Detail, StringComparison.Ordinal);
        }
    }
}
