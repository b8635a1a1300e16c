using System.Diagnostics;

namespace Integration.Fuzzing;

/// <summary>
/// One reader of strangers' bytes. Any input ends in a value or a fault, in bounded time and memory, and a second reader that
/// accepts the same bytes sees the same in them.
/// </summary>
/// <param name="Name">Also the folder of its corpus.</param>
/// <param name="Read">Reads an input; throws for what must not be.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Read)
{
    /// <summary>Longer inputs are cut: what is looked for does not need them.</summary>
    public const int LongestInput = 16 * 1024;

    /// <summary>
    /// A thousand times what an input takes: the machine may be busy, a reader whose time grows with the square or worse is still far beyond it.
    /// </summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>Bytes for an input, and for each byte of it.</summary>
    private const long MostAllocated = 16 * 1024 * 1024;
    private const long MostAllocatedPerByte = 4 * 1024;

    /// <summary>Reads one input.</summary>
    /// <exception cref="FuzzFinding">Readers differ, or a bound was passed.</exception>
    /// <exception cref="Exception">The reader threw.</exception>
    public void Judge(byte[] input)
    {
        var bytes = input.Length > LongestInput ? input[..LongestInput] : input;
        var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        Read(bytes);
        var took = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (took > s_longest)
        {
            throw new FuzzFinding($"took {took.TotalSeconds:0.0} s for {bytes.Length} bytes");
        }

        if (allocated > MostAllocated + (MostAllocatedPerByte * bytes.Length))
        {
            throw new FuzzFinding($"allocated {allocated} bytes for {bytes.Length} bytes");
        }
    }

    public override string ToString() => Name;
}

/// <summary>What must not be.</summary>
internal sealed class FuzzFinding(string what) : Exception(what);
