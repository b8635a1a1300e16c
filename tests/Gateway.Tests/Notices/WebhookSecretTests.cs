using System.Text;
using Integration.Gateway.Notices.Delivery;

namespace Integration.Gateway.Tests.Notices;

/// <summary>Standard Webhooks 1.0.</summary>
public sealed class WebhookSecretTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("webhook-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_signature_is_the_one_that_openssl_computes()
    {
        // printf '%s' 'ntc_1.1700000000.{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf 'k%.0s' {1..24} | xxd -p) -binary | base64
        var secret = Opened($"whsec_{Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('k', 24)))}");
        Assert.Equal(
            "v1,jhOIBFP4rk71UxV4c7MECsqDAEfTwBa+sVxFrHtycds=",
            secret.Sign("ntc_1", 1_700_000_000, Encoding.UTF8.GetBytes("""{"a":1}"""))
        );
    }

    [Fact]
    public void A_signature_is_the_one_in_the_tests_of_the_standards_own_libraries() =>
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            Opened("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""))
        );

    [Fact]
    public void A_signature_over_Chinese_text_is_the_one_of_the_package_StandardWebhooks()
    {
        // StandardWebhooks 1.1.2: new StandardWebhook(key).Sign("ntc_1", DateTimeOffset.FromUnixTimeSeconds(1700000000), text)
        var secret = Opened($"whsec_{Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('k', 24)))}");
        Assert.Equal(
            "v1,/MlTX0Zk6TTW+xumjtLbEpEJ8Q8+OzysoMK2/I7rS/M=",
            secret.Sign("ntc_1", 1_700_000_000, Encoding.UTF8.GetBytes("""{"text":"用电报装申请已受理。"}"""))
        );
    }

    [Theory]
    [InlineData("whsec_", 24, true)]
    [InlineData("whsec_", 64, true)]
    [InlineData("whsec_", 23, false)]
    [InlineData("whsec_", 65, false)]
    [InlineData("", 32, false)]
    [InlineData("whsec", 32, false)]
    public void A_secret_has_its_prefix_and_24_to_64_bytes(string prefix, int bytes, bool isRight) =>
        Assert.Equal(isRight, TryOpen($"{prefix}{Convert.ToBase64String(new byte[bytes])}", out _));

    [Fact]
    public void A_secret_that_is_no_Base64_is_refused_and_not_repeated()
    {
        Assert.False(TryOpen("whsec_not*base64*at*all*not*base64*at*all", out var fault));
        Assert.DoesNotContain("not*base64", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_the_settings_themselves_is_refused() =>
        Assert.False(WebhookSecret.TryResolve($"whsec_{Convert.ToBase64String(new byte[32])}", out _, out _));

    private WebhookSecret Opened(string text)
    {
        Assert.True(WebhookSecret.TryResolve(Put(text), out var secret, out _));
        return secret;
    }

    private bool TryOpen(string text, out string? fault) => WebhookSecret.TryResolve(Put(text), out _, out fault);

    private string Put(string text)
    {
        var path = Path.Combine(_folder, "secret");
        File.WriteAllText(path, text);
        return $"file:{path}";
    }
}
