using System.Globalization;

namespace Integration.Benchmarks.Load;

/// <summary>
/// Limits a process to a share of one processor, as a machine of its own would: two nodes on a machine whose processors one of them
/// fills already cannot do more than one. Linux control groups; needs the right to make one.
/// </summary>
internal sealed class ProcessorShare : IDisposable
{
    private const int PeriodMicroseconds = 100_000;
    private const string First = "/sys/fs/cgroup/cpu";
    private const string Second = "/sys/fs/cgroup";

    private readonly string _group;
    private readonly string _process;

    private ProcessorShare(string group, int process)
    {
        _group = group;
        _process = process.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Begins to limit; null: this machine does not let us.</summary>
    public static ProcessorShare? Of(int process, double share)
    {
        var isFirst = Directory.Exists(First);
        var limited = new ProcessorShare(Path.Combine(isFirst ? First : Second, $"benchmark-{process}"), process);
        var quota = (int)(PeriodMicroseconds * share);
        try
        {
            Directory.CreateDirectory(limited._group);
            limited.Write(
                isFirst ? "cpu.cfs_quota_us" : "cpu.max",
                isFirst ? $"{quota}" : string.Create(CultureInfo.InvariantCulture, $"{quota} {PeriodMicroseconds}")
            );
            limited.Write("cgroup.procs", limited._process);
            return limited;
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Processors cannot be shared out here: {reason.Message}");
            return null;
        }
    }

    /// <summary>Lets the process go and removes the group.</summary>
    public void Dispose()
    {
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(_group)!, "cgroup.procs"), _process);
        Directory.Delete(_group);
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_group, file), text);
}
