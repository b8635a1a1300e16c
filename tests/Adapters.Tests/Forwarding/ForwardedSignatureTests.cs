namespace Integration.Adapters.Tests.Forwarding;

/// <summary>What proves who asks is ours, and new for each attempt.</summary>
public sealed class ForwardedSignatureTests
{
    [Theory]
    [InlineData("exchange-rest", "gjgxjhpt_sign")]
    [InlineData("exchange-soap", "gjgxjhpt_sign")]
    [InlineData("tif", "x-tif-nonce")]
    [InlineData("tif", "x-tif-signature")]
    [InlineData("client-id", "X-Nonce")]
    [InlineData("client-id", "X-Signature")]
    [InlineData("gateway", "gateway_sig")]
    [InlineData("irs", "sign")]
    public async Task Each_attempt_is_signed_afresh(string dialect, string header)
    {
        var forwarded = ForwardedCase.Of(dialect);
        await using var driver = await ForwardingDriver.StartAsync(forwarded);
        var first = await SignedAsync(driver, forwarded, header);
        driver.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, await SignedAsync(driver, forwarded, header));
    }

    [Theory]
    [InlineData("gx-data", "cxqqdh")]
    [InlineData("exchange-soap", "gjgxjhpt_rtime")]
    [InlineData("licence-library", "certificateEventCode")]
    public async Task What_an_envelope_holds_of_one_question_is_not_sent_for_another(string dialect, string field)
    {
        var forwarded = ForwardedCase.Of(dialect);
        await using var driver = await ForwardingDriver.StartAsync(forwarded);
        var first = await BodyAsync(driver, forwarded);
        driver.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await BodyAsync(driver, forwarded);

        Assert.Contains(field, first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("exchange-rest", "gjgxjhpt_rid", "gjgxjhpt_sid", "gjgxjhpt_rtime", "gjgxjhpt_sign")]
    [InlineData("exchange-soap", "gjgxjhpt_rid", "gjgxjhpt_sid", "SOAPAction", "gjgxjhpt_sign")]
    [InlineData("tif", "x-tif-paasid", "x-tif-timestamp", "x-tif-nonce", "x-tif-signature")]
    [InlineData("client-id", "X-Client-Id", "X-Timestamp", "X-Nonce", "X-Signature")]
    [InlineData("gateway", "gateway_appid", "gateway_rtime", "gateway_sig")]
    [InlineData("irs", "appKey", "sign", "requestTime")]
    public async Task Headers_of_the_dialect_that_came_in_are_replaced(string dialect, params string[] headers)
    {
        var forwarded = ForwardedCase.Of(dialect);
        await using var driver = await ForwardingDriver.StartAsync(forwarded);
        using var attempt = driver.Attempt(forwarded);
        foreach (var header in headers)
        {
            attempt.Headers.TryAddWithoutValidation(header, "forged");
        }

        Assert.Null(await ForwardingDriver.SignAsync(driver.Open(forwarded), attempt, forwarded.Body));

        Assert.All(headers, header => Assert.NotEqual("forged", Assert.Single(attempt.Headers.GetValues(header))));
    }

    [Theory]
    [InlineData("exchange-rest", "X-Forwarded-For")]
    [InlineData("tif", "x-tif-serviceId")]
    public async Task Headers_that_we_do_not_send_are_taken_off(string dialect, string header)
    {
        var forwarded = ForwardedCase.Of(dialect);
        await using var driver = await ForwardingDriver.StartAsync(forwarded);
        var answer = await driver.SendAsync(
            forwarded,
            attempt => attempt.Headers.TryAddWithoutValidation(header, "203.0.113.9")
        );
        Assert.Contains(forwarded.Success, answer.Answer, StringComparison.Ordinal);

        using var attempt = driver.Attempt(forwarded);
        attempt.Headers.TryAddWithoutValidation(header, "203.0.113.9");
        Assert.Null(await ForwardingDriver.SignAsync(driver.Open(forwarded), attempt, forwarded.Body));
        Assert.False(attempt.Headers.Contains(header));
    }

    [Fact]
    public async Task A_service_of_the_grid_platform_is_signed_for_by_name()
    {
        var forwarded = ForwardedCase.Grid with { Service = "grid" };
        await using var driver = await ForwardingDriver.StartAsync(forwarded);
        Assert.Contains(forwarded.Success, (await driver.SendAsync(forwarded)).Answer, StringComparison.Ordinal);
        Assert.Equal("grid", await SignedAsync(driver, forwarded, "x-tif-serviceId"));
    }

    private static async Task<string> SignedAsync(ForwardingDriver driver, ForwardedCase forwarded, string header)
    {
        using var attempt = driver.Attempt(forwarded);
        Assert.Null(await ForwardingDriver.SignAsync(driver.Open(forwarded), attempt, forwarded.Body));
        return Assert.Single(attempt.Headers.GetValues(header));
    }

    private static async Task<string> BodyAsync(ForwardingDriver driver, ForwardedCase forwarded)
    {
        using var attempt = driver.Attempt(forwarded);
        Assert.Null(await ForwardingDriver.SignAsync(driver.Open(forwarded), attempt, forwarded.Body));
        return await attempt.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
