using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests.Http;

/// <summary>An agency that turned us away is asked again when the longer of our own time and its <c>Retry-After</c> has passed.</summary>
public sealed class RetryAfterTests : IAsyncLifetime
{
    private const string Found =
        $$"""{"code":0,"data":{"nearestLowVoltageMetres":30,"spareCapacityKw":1,"unitNumber":"{{Known.UnitText}}"} }""";

    private StubPlatform _stub = null!;
    private AdapterHost _adapters = null!;
    private string? _retryAfter;
    private bool _isWell;

    public async ValueTask InitializeAsync()
    {
        _stub = await StubPlatform.StartAsync();
        _stub.Service = (http, _) =>
        {
            if (_isWell)
            {
                return StubPlatform.AnswerAsync(http, "application/json", Found);
            }

            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = _retryAfter;
            return Task.CompletedTask;
        };
        _adapters = new AdapterHost();
        _adapters.Set("grid-resource:BaseAddress", _stub.Address.ToString());
        _adapters.Set("grid-resource:PaasId", "x");
        _adapters.SetSecret("grid-resource:Token", "x");
        _adapters.Set("grid-resource:Limits:BreakTime", "00:00:05");
        _adapters.Set("grid-resource:Limits:RetryDelay", "00:00:00");
    }

    public async ValueTask DisposeAsync()
    {
        await _adapters.DisposeAsync();
        await _stub.DisposeAsync();
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("2", 5)] // ours is longer
    [InlineData("0", 5)]
    [InlineData("-30", 5)]
    [InlineData("soon", 5)]
    [InlineData("Mon, 23 Nov 2026 02:00:20 GMT", 20)]
    [InlineData("Mon, 23 Nov 2020 02:00:20 GMT", 5)]
    [InlineData("315360000", 3600)]
    [InlineData("99999999999999999999999999", 3600)]
    [InlineData("Mon, 23 Nov 2099 02:00:20 GMT", 3600)]
    public async Task The_breaker_stays_open_for_the_longer_of_both(string retryAfter, int seconds)
    {
        _retryAfter = retryAfter;
        _adapters.Set("grid-resource:Limits:Retries", "0");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("http-503", await AskAsync());
        }

        _isWell = true;
        _adapters.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal("circuit-open", await AskAsync());
        _adapters.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await AskAsync());
        Assert.Null(await AskAsync());
    }

    [Theory]
    [InlineData("60", 1)]
    [InlineData("soon", 2)]
    [InlineData("-1", 2)]
    public async Task A_question_is_not_sent_again_before_the_agency_wants_it(string retryAfter, int sends)
    {
        _retryAfter = retryAfter;

        Assert.Equal("http-503", await AskAsync());

        Assert.Equal(sends, _stub.Calls);
    }

    private async Task<string?> AskAsync()
    {
        var answer = await _adapters
            .Services.GetRequiredService<IGridResourceSource>()
            .AskAsync(Known.Unit, _adapters.Request(), TestContext.Current.CancellationToken);
        return answer is AgencyAnswer<GridResourceFacts>.Found
            ? null
            : Assert.IsType<AgencyAnswer<GridResourceFacts>.Unanswered>(answer).Failure.Code;
    }
}
