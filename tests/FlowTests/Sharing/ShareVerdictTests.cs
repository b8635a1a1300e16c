using System.Text;
using Integration.Contracts.Problems;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Integration.FlowTests.Sharing;

/// <summary>What an answer is worth that is a success in HTTP: by the agency's own code, by whom it is about, and by its head.</summary>
public sealed class ShareVerdictTests : IAsyncLifetime
{
    private const string Unit = "421022001001GB00001F00010001";
    private const string OtherUnit = "421022001001GB00001F00010002";
    private const string Asked = $$"""{"unitNumber":"{{Unit}}"}""";

    private ShareDriver _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await ShareDriver.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    public async Task A_code_of_success_is_an_answer(string code)
    {
        using var answer = await AskAsync("coded", Found(Unit, code));

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("answered", (await RecordAsync()).Outcome);
    }

    [Fact]
    public async Task A_code_of_no_such_record_is_an_answer_and_on_record_as_one()
    {
        using var answer = await AskAsync("coded", """{"code":404,"data":null}""");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Contains("404", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("notFound", (await RecordAsync()).Outcome);
    }

    [Fact]
    public async Task A_code_of_refusal_is_the_agencys_refusal()
    {
        using var answer = await AskAsync("coded", Found(Unit, "403"));

        await RefusedAsync(answer, "agency-refused", RetryAdvice.Never);
        var record = await RecordAsync();
        Assert.Equal(
            ("refused", "authorisation", "code-403"),
            (record.Outcome, record.Failure!.Stage, record.Failure.Code)
        );
        Assert.Single(_scene.Agency.Requests);
    }

    [Fact]
    public async Task A_code_of_a_passing_fault_is_sent_again_and_counts_for_the_agencys_health()
    {
        for (var i = 0; i < 5; i++)
        {
            using var answer = await AskAsync("coded", Found(Unit, "500"));
            await RefusedAsync(answer, "agency-unavailable", RetryAdvice.Safe);
        }

        Assert.Equal(10, _scene.Agency.Requests.Count);
        Assert.Equal(
            ("envelope", "code-500"),
            ((await RecordAsync()).Failure!.Stage, (await RecordAsync()).Failure!.Code)
        );
        Assert.Equal(DestinationHealth.Unhealthy, Health());
    }

    [Theory]
    [InlineData("777", "envelope", "code-unlisted", "agency-refused")]
    [InlineData("\"张三\"", "envelope", "code-unlisted", "agency-refused")]
    [InlineData("null", "parse", "code-missing", "answer-unreadable")]
    [InlineData("[0,500]", "parse", "code-missing", "answer-unreadable")]
    [InlineData("{\"x\":0}", "parse", "code-missing", "answer-unreadable")]
    public async Task Any_other_code_and_none_is_no_answer(string code, string stage, string failure, string problem)
    {
        using var answer = await AskAsync("coded", Found(Unit, code));

        await RefusedAsync(answer, problem, RetryAdvice.Safe);
        var record = await RecordAsync();
        Assert.Equal((stage, failure), (record.Failure!.Stage, record.Failure.Code));
    }

    [Theory]
    [InlineData(Unit)]
    [InlineData("421022 001001 gb00001 f00010001")]
    [InlineData("４２１０２２００１００１ＧＢ００００１Ｆ０００１０００１")]
    public async Task An_answer_about_the_subject_that_was_asked_for_is_one_however_it_is_written(string unit)
    {
        using var answer = await AskAsync("bound", Found(unit));

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Contains("97.5319", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($$"""{"code":0,"data":{"spareCapacityKw":97.5319,"unitNumber":"{{OtherUnit}}"} }""")]
    [InlineData("""{"code":0,"data":{"spareCapacityKw":97.5319}}""")]
    [InlineData("""{"code":0,"data":{"spareCapacityKw":97.5319,"unitNumber":null}}""")]
    [InlineData("""{"code":0,"data":{"spareCapacityKw":97.5319,"unitNumber":""}}""")]
    [InlineData($$"""{"code":0,"data":{"spareCapacityKw":97.5319,"unitNumber":{"a":"{{Unit}}"} } }""")]
    [InlineData(
        $$"""{"code":0,"data":[{"unitNumber":"{{Unit}}"},{"spareCapacityKw":97.5319,"unitNumber":"{{OtherUnit}}"}]}"""
    )]
    [InlineData($$"""{"code":0,"data":[{"unitNumber":"{{Unit}}"},{"spareCapacityKw":97.5319}]}""")]
    [InlineData($$"""{"code":0,"data":[{"unitNumber":["{{Unit}}","{{OtherUnit}}"],"spareCapacityKw":97.5319}]}""")]
    public async Task An_answer_about_another_subject_is_refused_and_nothing_of_it_leaves(string answer)
    {
        using var refused = await AskAsync("bound", answer);

        await RefusedAsync(refused, "answer-unreadable", RetryAdvice.Safe);
        var record = await RecordAsync();
        Assert.Equal(
            ("unanswered", "binding", "agency", "unitNumber"),
            (record.Outcome, record.Failure!.Stage, record.Failure.Side, record.Failure.Code)
        );
        Assert.Single(_scene.Agency.Requests); // it says nothing about the agency's health
    }

    [Theory]
    [InlineData("""{"code":0,"data":[]}""", 200)]
    [InlineData("""{"code":0,"data":null}""", 200)]
    [InlineData("""{"code":404,"data":{}}""", 200)]
    public async Task An_answer_without_a_record_is_about_nothing(string answer, int status)
    {
        using var answered = await AskAsync("bound", answer);
        Assert.Equal(status, (int)answered.StatusCode);
    }

    [Fact]
    public async Task A_question_that_could_be_answered_with_any_subject_is_refused()
    {
        using var refused = await _scene.Host.Hall.ShareAsync("grid-capacity/bound", """{"note":"any"}""");

        Assert.Equal(400, (int)refused.StatusCode);
        var fault = Assert.Single((await HallDriver.ProblemOfAsync(refused)).Errors!);
        Assert.Equal(("/unitNumber", "missing"), (fault.Pointer, fault.Code));
        Assert.True(_scene.Agency.IsUntouched);
    }

    [Fact]
    public async Task A_large_answer_streams_while_each_of_its_records_is_bound()
    {
        _scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(Rows(5000, "U-1", "U-1"));

        using var answer = await _scene.Host.Hall.ShareAsync("grid-capacity/bound-rows/U-1", body: null);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(5000, text.Split("\"id\"").Length - 1);
        Assert.DoesNotContain("owner", text, StringComparison.Ordinal); // looked at, not granted
        Assert.EndsWith("]}}", text, StringComparison.Ordinal);
        Assert.Equal("answered", (await _scene.Host.RecordsAsync(2))[^1].Fact.Outcome);
    }

    [Fact]
    public async Task A_large_answer_whose_first_record_is_about_another_subject_is_refused_whole()
    {
        _scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(Rows(5000, "U-2", "U-1"));

        using var answer = await _scene.Host.Hall.ShareAsync("grid-capacity/bound-rows/U-1", body: null);

        await RefusedAsync(answer, "answer-unreadable", RetryAdvice.Safe);
        Assert.Equal(("binding", "owner"), ((await RecordAsync()).Failure!.Stage, (await RecordAsync()).Failure!.Code));
    }

    [Fact]
    public async Task A_record_about_another_subject_late_in_a_large_answer_never_leaves_and_ends_it()
    {
        _scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(Rows(5000, "U-1", "U-2"));

        using var answer = await _scene.Host.Hall.ShareAsync(
            "grid-capacity/bound-rows/U-1",
            body: null,
            TestContext.Current.CancellationToken
        );
        var left = new MemoryStream();
        await Assert.ThrowsAnyAsync<Exception>(async () =>
            await (await answer.Content.ReadAsStreamAsync()).CopyToAsync(left, TestContext.Current.CancellationToken)
        );

        Assert.DoesNotContain("\"id\":5000", Encoding.UTF8.GetString(left.ToArray()), StringComparison.Ordinal);
        var record = (await _scene.Host.RecordsAsync(2))[^1].Fact;
        Assert.Equal(("brokenOff", "binding"), (record.Outcome, record.Failure!.Stage));
    }

    [Fact]
    public async Task A_record_that_names_its_subject_only_after_more_than_is_held_is_refused()
    {
        var texts = string.Join(',', Enumerable.Repeat($"\"{new string('x', 1000)}\"", 200));
        _scene.Agency.Behaviour = (_, reply) =>
            reply.JsonAsync($$"""{"code":0,"data":{"rows":[{"id":1,"text":[{{texts}}],"owner":"U-1"}]} }""");

        using var answer = await _scene.Host.Hall.ShareAsync("grid-capacity/bound-rows/U-1", body: null);

        await RefusedAsync(answer, "answer-unreadable", RetryAdvice.Safe);
        Assert.Equal(
            ("binding", "unbound"),
            ((await RecordAsync()).Failure!.Stage, (await RecordAsync()).Failure!.Code)
        );
    }

    [Theory]
    [InlineData("identity", 200)]
    [InlineData("utf-8", 200)]
    [InlineData("identity, UTF-8", 200)]
    [InlineData("gzip", 502)]
    [InlineData("identity, br", 502)]
    [InlineData("x-own", 502)]
    public async Task A_coding_that_says_there_is_none_is_read_over_and_any_other_is_refused(string coding, int status)
    {
        _scene.Agency.Behaviour = (_, reply) =>
            reply.JsonAsync(StandInAgency.Found, "200 OK", $"Content-Encoding: {coding}");

        using var answer = await _scene.Host.Hall.ShareAsync("grid-capacity/query", ShareDriver.Question);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("201 Created")]
    [InlineData("202 Accepted")]
    [InlineData("203 Copied")]
    [InlineData("206 Partial Content")]
    public async Task A_success_that_is_no_whole_answer_is_none(string status)
    {
        _scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(StandInAgency.Found, status);

        using var answer = await _scene.Host.Hall.ShareAsync("grid-capacity/query", ShareDriver.Question);

        await RefusedAsync(answer, "agency-unavailable", RetryAdvice.Safe);
        Assert.Equal($"http-{status[..3]}", (await RecordAsync()).Failure!.Code);
    }

    [Fact]
    public async Task A_record_with_a_doubled_field_says_nothing_about_the_agency()
    {
        for (var i = 0; i < 12; i++)
        {
            using var answer = await AskAsync(
                "bound",
                $$"""{"code":0,"data":{"unitNumber":"{{Unit}}","unitNumber":"1"} }"""
            );
            await RefusedAsync(answer, "answer-unreadable", RetryAdvice.Safe);
        }

        Assert.Equal(12, _scene.Agency.Requests.Count);
        Assert.Equal("record", (await RecordAsync()).Failure!.Field);
        Assert.NotEqual(DestinationHealth.Unhealthy, Health());
    }

    private Task<HttpResponseMessage> AskAsync(string operation, string answer)
    {
        _scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(answer);
        return _scene.Host.Hall.ShareAsync($"grid-capacity/{operation}", Asked);
    }

    private DestinationHealth Health()
    {
        var states = _scene.Host.Services.GetRequiredService<IProxyStateLookup>();
        Assert.True(states.TryGetCluster("grid-resource", out var cluster));
        return cluster.Destinations["000"].Health.Passive;
    }

    private async Task<Integration.Contracts.V1.Evidence.EvidenceFact> RecordAsync() =>
        (await _scene.Host.RecordsAsync(1))[^1].Fact;

    private static async Task RefusedAsync(HttpResponseMessage answer, string code, RetryAdvice retry)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal(
            (502, code, "agency:grid-resource", retry),
            ((int)answer.StatusCode, problem.Code, problem.Party, problem.Retry)
        );
        Assert.DoesNotContain("97.5319", text, StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("X-Evidence-Id"));
    }

    private static string Found(string unit, string code = "0") =>
        $$"""{"code":{{code}},"data":{"spareCapacityKw":97.5319,"unitNumber":"{{unit}}"} }""";

    /// <summary>Rows that name their owner last.</summary>
    private static string Rows(int count, string first, string last)
    {
        var rows = Enumerable
            .Range(1, count)
            .Select(number =>
                $$"""{"id":{{number}},"text":"row {{number}} of an answer that is long enough to stream","owner":"{{(number == 1 ? first : number == count ? last : "U-1")}}"}"""
            );
        return $$"""{"code":0,"data":{"rows":[{{string.Join(',', rows)}}]} }""";
    }
}
