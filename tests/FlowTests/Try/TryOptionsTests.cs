using Integration.Try;

namespace Integration.FlowTests.Try;

public class TryOptionsTests
{
    [Fact]
    public void Nothing_given_means_the_documented_addresses()
    {
        var options = TryOptions.Read([], out _)!;
        Assert.Equal(
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8090/"),
            ($"{options.Gateway}", $"{options.Sandbox}")
        );
        Assert.False(options.Exit || options.NoScenario);
    }

    [Fact]
    public void Every_option_is_read()
    {
        string[] args =
        [
            "--gateway-url",
            "http://127.0.0.1:1",
            "--sandbox-url",
            "http://localhost:2",
            "--data",
            "d",
            "--exit",
        ];
        var options = TryOptions.Read(args, out _)!;
        Assert.Equal((1, 2, "d", true), (options.Gateway.Port, options.Sandbox.Port, options.Data, options.Exit));
    }

    [Theory]
    [InlineData("Unknown option --quiet.", "--quiet")]
    [InlineData("--data needs a value.", "--data")]
    [InlineData("--fixtures: there is no such file.", "--fixtures", "nowhere.json")]
    [InlineData(
        "--gateway-url needs an http address on loopback, e.g. http://127.0.0.1:8080.",
        "--gateway-url",
        "http://192.0.2.1:80"
    )]
    [InlineData(
        "--sandbox-url needs an http address on loopback, e.g. http://127.0.0.1:8080.",
        "--sandbox-url",
        "8090"
    )]
    [InlineData("--exit and --no-scenario exclude each other.", "--exit", "--no-scenario")]
    public void What_cannot_be_understood_is_refused_with_the_reason(string fault, params string[] args)
    {
        Assert.Null(TryOptions.Read(args, out var said));
        Assert.Equal(fault, said);
    }
}
