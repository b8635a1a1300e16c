using Integration.Adapters.Http.Settings;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Tests.Http;

public sealed class AgencyOptionsTests : IAsyncDisposable
{
    private const string PlainSecret = "0123456789abcdef0123456789abcdef";

    private readonly AdapterHost _host = AdapterHost.ForNetwork(
        new Uri("http://127.0.0.1:9/exchange"),
        NetworkCredentials.Stub
    );

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void A_complete_configuration_starts() => _host.Start();

    [Fact]
    public void Start_up_is_refused_with_every_fault_of_a_section()
    {
        _host.Set("exchange-platform:BaseAddress", "ftp://somewhere/");
        _host.Remove("exchange-platform:RequesterId");
        _host.Set("exchange-platform:Limits:AttemptTime", "00:00:09");
        _host.Set("exchange-platform:Limits:Retries", "9");

        var refusal = Assert.Throws<OptionsValidationException>(_host.Start);

        Assert.Equal(4, refusal.Failures.Count());
        Assert.All(
            (string[])["BaseAddress", "RequesterId", "AttemptTime is shorter than TotalTime", "Retries is 0 to 3"],
            fault => Assert.Contains(refusal.Failures, text => text.Contains(fault, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_key_nobody_knows_is_refused()
    {
        _host.Set("business-licence:QueryServce", "typo");

        Assert.ThrowsAny<InvalidOperationException>(_host.Start);
    }

    [Fact]
    public void An_agency_nobody_knows_is_refused()
    {
        _host.Set("moon-registry:BaseAddress", "http://127.0.0.1:9/");

        Assert.Contains("moon-registry", Assert.Throws<InvalidOperationException>(_host.Start).Message);
    }

    [Fact]
    public void An_agency_behind_a_platform_without_a_section_is_refused()
    {
        foreach (var key in (string[])["BaseAddress", "RequesterId", "ApplicationKey", "Limits:RetryDelay"])
        {
            _host.Remove($"exchange-platform:{key}");
        }

        Assert.Contains("exchange-platform", Assert.Throws<InvalidOperationException>(_host.Start).Message);
    }

    [Fact]
    public void A_secret_written_into_the_configuration_is_refused_and_not_repeated()
    {
        _host.Set("exchange-platform:ApplicationKey", PlainSecret);

        var refusal = Assert.Throws<OptionsValidationException>(_host.Start);

        Assert.Contains("ApplicationKey", refusal.Message);
        Assert.DoesNotContain(PlainSecret, refusal.Message);
    }

    [Theory]
    [InlineData("ConnectTime", "00:00:03")]
    [InlineData("RetryDelay", "00:00:02")]
    [InlineData("Parallel", "0")]
    [InlineData("AnswerBytes", "10")]
    [InlineData("BreakRatio", "0")]
    [InlineData("BreakMinimum", "1")]
    public void Limits_that_make_no_sense_are_refused(string key, string value)
    {
        _host.Set($"population-registry:Limits:{key}", value);

        Assert.Contains(key, Assert.Throws<OptionsValidationException>(_host.Start).Message);
    }

    [Fact]
    public void The_defaults_hold_their_own_rules() => Assert.Empty(new AgencyLimits().Faults());
}
