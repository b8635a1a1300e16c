using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Integration.Testing.Recording;

namespace Integration.Testing.Processes;

/// <summary>A gateway in a process of its own, so that it can be killed as a power failure would.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(240);
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly RecordedLogs _log;
    private Process? _process;

    /// <summary>A gateway that is not started yet.</summary>
    /// <param name="settings">Its whole configuration, except where it listens.</param>
    public GatewayProcess(IReadOnlyDictionary<string, string?> settings)
    {
        _settings = settings;
        _log = HostLogs.Record($"gateway process at {Address}");
    }

    /// <summary>Where its output goes, e.g. <c>/dev/full</c>, on which there is never room; null: it is shown when the test fails.</summary>
    public string? Output { get; init; }

    /// <summary>The same address in every life of it.</summary>
    public Uri Address { get; } = FreeAddress();

    /// <summary>Starts it and waits until it is ready; fails after 60 s.</summary>
    public async Task StartAsync()
    {
        string[] command =
        [
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "Integration.Gateway.dll"),
            $"--urls={Address}",
            .. _settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        if (Output is { } output)
        {
            command = ["/bin/sh", "-c", $"exec \"$@\" >{output} 2>&1", "sh", .. command];
        }

        _process =
            Process.Start(
                new ProcessStartInfo(command[0], command[1..])
                {
                    WorkingDirectory = AppContext.BaseDirectory,
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            ) ?? throw new InvalidOperationException("The gateway did not start.");
        _process.OutputDataReceived += (_, said) => Keep(said.Data);
        _process.ErrorDataReceived += (_, said) => Keep(said.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync(_process);
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        if (_process is { } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    /// <summary>
    /// An address that is free, below the ports that systems give out by themselves: otherwise another test's host could have it
    /// while the node is dead.
    /// </summary>
    public static Uri FreeAddress()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(10_000, 20_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return new Uri($"http://127.0.0.1:{port}/");
            }
            catch (SocketException)
            {
                // taken: the next
            }
        }

        throw new InvalidOperationException("No free port was found between 10000 and 20000.");
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _log.Add(line);
        }
    }

    private async Task ReadyAsync(Process process)
    {
        using var probe = new HttpClient { BaseAddress = Address };
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < s_patience)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The gateway ended with {process.ExitCode} before it was ready.");
            }

            try
            {
                using var answer = await probe.GetAsync("health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new TimeoutException($"The gateway was not ready after {s_patience.TotalSeconds} s.");
    }
}
