using System.Diagnostics;

namespace Integration.Gateway.Tests.Settings;

/// <summary>The real process with wrong settings.</summary>
public sealed class StartRefusedTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("start-refused");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task All_faults_are_told_at_once_without_a_stack_and_nothing_is_made()
    {
        var database = Path.Combine(_folder.FullName, "gateway.sqlite");

        var (code, said) = await RunAsync(
            "stray",
            "--Gatway:Http:MaxHeaders=20",
            "--Gateway:Htpp:MaxHeaders=20",
            "--Gateway:Http:MaxHeadrs=20",
            "--Gateway:Http:MaxStreams=many",
            "--Gateway:Http:Hosts:0:Name=x",
            "--Gateway:Limits:CallerPerSecond=0",
            "--Gateway:Telemetry:MaxSeries=often",
            "--Gateway:Telemetry:OtlpProtocol=Smoke",
            "--Gateway:Events:Sources:0:Sorce=x",
            "--Gateway:Events:Processing:NoSuch=1",
            "--Gateway:Protection:Certificate=file:/absent/protection.pem",
            "--Gateway:Protection:LookupKey=c2VjcmV0LXZhbHVl",
            "--Gateway:Evidence:ReceiptKey=file:/absent/receipt.pem",
            $"--Gateway:Database:ConnectionString=Data Source={database}",
            $"--Gateway:Callers={_folder.FullName}/absent.json",
            "--Agencies:watre:BaseAddress=http://127.0.0.1:1",
            "--Agencies:water:BaseAdress=http://127.0.0.1:1",
            "--Agencies:gas:Limits:Concurrent=x",
            "--Agencies:population-registry:BaseAddress=http://127.0.0.1:1"
        );

        Assert.Equal(78, code);
        string[] told =
        [
            "Argument 1:",
            "--Gatway:Http:MaxHeaders: no such argument. Did you mean Gateway?",
            "Gateway:Htpp: no such setting. Did you mean Gateway:Http?",
            "Gateway:Http:MaxHeadrs: no such setting. Did you mean MaxHeaders?",
            "Gateway:Http:MaxStreams: a whole number",
            "Gateway:Http:Hosts:0: one value is needed",
            "Gateway:Telemetry:MaxSeries: a whole number",
            "Gateway:Telemetry:OtlpProtocol: one of Grpc, HttpProtobuf",
            "Gateway:Events:Sources:0:Sorce: no such setting. Did you mean Source?",
            "Gateway:Events:Processing:NoSuch: no such setting.",
            "CallerPerSecond",
            "Gateway:Protection:Certificate",
            "Gateway:Protection:LookupKey",
            "Gateway:Callers",
            "Agencies:watre: no such agency",
            "Agencies:population-registry: is reached through exchange-platform",
            "Agencies:water:BaseAdress: no such setting. Did you mean BaseAddress?",
            "Agencies:water:BaseAddress",
            "Agencies:gas:BaseAddress",
        ];
        Assert.All(told, fault => Assert.Contains(fault, said, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception:", said, StringComparison.Ordinal);
        Assert.DoesNotContain("many", said, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0LXZhbHVl", said, StringComparison.Ordinal);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData("--help", "--help: no such argument")]
    [InlineData("--Urls", "--Urls: it has no value")]
    [InlineData("-v", "Argument 1")]
    [InlineData("--Url=http://127.0.0.1:1", "Did you mean Urls?")]
    public async Task An_argument_that_is_not_known_is_refused(string argument, string told)
    {
        var (code, said) = await RunAsync(argument);

        Assert.Equal(78, code);
        Assert.Contains(told, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_loopback_without_hosts_is_among_the_faults()
    {
        var (code, said) = await RunAsync("--Urls=http://0.0.0.0:18999");

        Assert.Equal(78, code);
        Assert.Contains("Gateway:Http:Hosts: it is empty", said, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [Path.Combine(AppContext.BaseDirectory, "Integration.Gateway.dll"), .. arguments]
            )
            {
                WorkingDirectory = _folder.FullName,
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }
}
