using System.Diagnostics;

namespace Integration.Benchmarks.Load;

/// <summary>One program under measurement: started, watched for memory and CPU time, and stopped with the benchmark.</summary>
internal sealed class MeasuredProcess : IAsyncDisposable
{
    private readonly Process _process;
    private bool _isStopped;

    private MeasuredProcess(Process process, TimeSpan readyAfter)
    {
        _process = process;
        ReadyAfter = readyAfter;
    }

    public TimeSpan ReadyAfter { get; }

    public int Id => _process.Id;

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024d / 1024d;
        }
    }

    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts an assembly with <c>dotnet</c> and waits until an address answers with a success, 30 s at most.</summary>
    /// <param name="assembly">What is started.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="readyWhen">The address.</param>
    /// <param name="runtimeOf">The assembly whose runtime settings it gets; default its own.</param>
    public static async Task<MeasuredProcess> StartAsync(
        string assembly,
        IEnumerable<string> arguments,
        Uri readyWhen,
        string? runtimeOf = null
    )
    {
        var start = new ProcessStartInfo("dotnet", [.. RuntimeOf(runtimeOf), assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{assembly} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();

        await WaitUntilReadyAsync(process, assembly, readyWhen);
        return new MeasuredProcess(process, clock.Elapsed);
    }

    /// <summary>Waits until an address answers with a success, 30 s at most.</summary>
    public static async Task WaitUntilReadyAsync(Process process, string name, Uri readyWhen)
    {
        var clock = Stopwatch.StartNew();
        using var probe = new HttpClient();
        while (clock.Elapsed < TimeSpan.FromSeconds(30))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{name} ended with {process.ExitCode} before it was ready.");
            }

            if (await AnswersAsync(probe, readyWhen))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        process.Kill();
        throw new TimeoutException($"{name} was not ready after 30 s.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>The settings of the runtime (collector, threads) are part of what is compared.</summary>
    private static string[] RuntimeOf(string? assembly) =>
        assembly is null ? [] : ["exec", "--runtimeconfig", Path.ChangeExtension(assembly, ".runtimeconfig.json")];

    private static async Task<bool> AnswersAsync(HttpClient probe, Uri address)
    {
        try
        {
            using var response = await probe.GetAsync(address);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
