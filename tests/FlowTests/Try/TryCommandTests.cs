using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Integration.Try;

namespace Integration.FlowTests.Try;

/// <summary>The program as a user runs it: another process, its streams and its exit code.</summary>
public sealed class TryCommandTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(6);
    private readonly string _directory = Directory.CreateTempSubdirectory("try-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_main_job_ends_well_and_shows_every_decision()
    {
        using var process = Start("--exit");
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(s_patience);

        var text = await output;
        Assert.True(process.ExitCode == 0, text);
        Assert.Contains("零证办电 zeroCertificate", text);
        Assert.Contains("rule licence-not-active", text);
        Assert.Contains("rule source-unavailable", text);
        Assert.Contains("evd_", text);
        Assert.Contains("enterprise.opened: accepted", text);
        Assert.Contains("case.accepted ntc_", text);
        Assert.Contains("✓ v1,", text);
        Assert.Contains("12398 国家能源局监管热线 · 95598 国家电网服务热线", text);
        Assert.Contains("One form, 5 legs", text);
        Assert.Contains("The clock is moved by a minute", text);
        foreach (var provider in new[] { "供电公司", "供水公司", "燃气公司", "通信运营商", "广电网络公司" })
        {
            Assert.Contains($"{provider}已办结。", text);
        }

        foreach (var provider in new[] { "供电公司", "通信运营商" })
        {
            Assert.Contains($"{provider}已受理，下一步由其安排上门勘察。", text); // they report; the others are seen when they are asked
        }

        Assert.Contains("joint.connected ntc_", text);
        Assert.DoesNotContain("✗", text);
    }

    [Fact]
    public async Task A_second_start_on_the_same_directory_pushes_the_next_event_of_the_enterprise()
    {
        for (var start = 1; start <= 2; start++)
        {
            using var process = Start("--exit");
            var output = process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(s_patience);
            var text = await output;
            Assert.True(process.ExitCode == 0, text);
            Assert.Contains($"signs event {start} with", text);
        }
    }

    [Fact]
    public async Task Without_scenario_standard_output_is_one_json_line_and_a_termination_ends_it_well()
    {
        using var process = Start("--no-scenario");
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);

        using var ready = JsonDocument.Parse(line!);
        Assert.True(ready.RootElement.GetProperty("ready").GetBoolean());
        Assert.Equal(9, ready.RootElement.GetProperty("clients").GetArrayLength());
        Assert.All(
            ready.RootElement.GetProperty("sources").EnumerateArray(),
            source => Assert.True(File.Exists(source.GetProperty("certificate").GetString()))
        );
        using (var http = new HttpClient())
        {
            var address = $"{ready.RootElement.GetProperty("gateway").GetString()}/health/ready";
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(address)).StatusCode);
        }

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync().WaitAsync(s_patience));
        await process.WaitForExitAsync().WaitAsync(s_patience);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task An_unknown_option_is_explained_and_ends_with_2()
    {
        using var process = Start("--quiet");
        var said = await process.StandardError.ReadToEndAsync().WaitAsync(s_patience);
        await process.WaitForExitAsync().WaitAsync(s_patience);

        Assert.Equal(2, process.ExitCode);
        Assert.Contains("Unknown option --quiet.", said);
    }

    [Fact]
    public async Task A_port_in_use_is_explained()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var process = Start("--no-scenario", "--sandbox-url", $"http://127.0.0.1:{port}");
        var said = await process.StandardError.ReadToEndAsync().WaitAsync(s_patience);
        await process.WaitForExitAsync().WaitAsync(s_patience);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains($"Cannot listen on http://127.0.0.1:{port}/", said);
        Assert.Contains("--sandbox-url", said);
    }

    private Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(TryOptions).Assembly.Location);
        foreach (var arg in args.Contains("--sandbox-url") ? args : [.. args, "--sandbox-url", FreeUrl()])
        {
            start.ArgumentList.Add(arg);
        }

        start.ArgumentList.Add("--gateway-url");
        start.ArgumentList.Add(FreeUrl());
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(_directory);
        var process = Process.Start(start)!;
        if (!args.Contains("--quiet") && !args.Contains("--sandbox-url"))
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
        }

        return process;
    }

    private static string FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
