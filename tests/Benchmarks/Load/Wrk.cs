using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Integration.Benchmarks.Load;

/// <summary>One run of wrk: closed loop, so many connections, one thread.</summary>
internal sealed partial record Wrk(double PerSecond, double P50, double P99, bool AllWell)
{
    /// <summary>CPU time of the process in the middle, microseconds a request; NaN: not measured.</summary>
    public double Cpu { get; init; } = double.NaN;

    /// <summary>Runs it.</summary>
    /// <param name="url">What is asked.</param>
    /// <param name="script">Lua that makes the request.</param>
    /// <param name="connections">Requests under way.</param>
    /// <param name="duration">Whole seconds.</param>
    public static async Task<Wrk> RunAsync(Uri url, string script, int connections, TimeSpan duration)
    {
        string[] arguments =
        [
            "-t1",
            $"-c{connections}",
            $"-d{duration.TotalSeconds:0}s",
            "--timeout",
            "10s",
            "--latency",
            "-s",
            script,
            url.ToString(),
        ];
        using var process =
            Process.Start(
                new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true, UseShellExecute = false }
            ) ?? throw new InvalidOperationException("wrk did not start; it is a package of Debian.");
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Read(text) : throw new InvalidOperationException($"wrk: {text}");
    }

    private static Wrk Read(string text) =>
        new(
            double.Parse(Rate().Match(text).Groups["rate"].Value, CultureInfo.InvariantCulture),
            Milliseconds(text, "50"),
            Milliseconds(text, "99"),
            !text.Contains("Non-2xx", StringComparison.Ordinal)
                && !text.Contains("Socket errors", StringComparison.Ordinal)
        );

    private static double Milliseconds(string text, string percentile)
    {
        var match = Regex.Match(
            text,
            $@"\b{percentile}%\s+(?<value>[\d.]+)(?<unit>us|ms|s)",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
        var value = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "us" => value / 1000,
            "s" => value * 1000,
            _ => value,
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rate();
}
