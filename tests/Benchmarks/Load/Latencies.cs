namespace Integration.Benchmarks.Load;

/// <summary>Latencies of one run, milliseconds, with what failed.</summary>
internal sealed record Latencies(double[] Sorted, int Failed, TimeSpan Took)
{
    public int Count => Sorted.Length;

    public double PerSecond => Count / Took.TotalSeconds;

    public double P50 => Percentile(0.50);

    public double P99 => Percentile(0.99);

    public static Latencies From(IEnumerable<double> milliseconds, int failed, TimeSpan took) =>
        new([.. milliseconds.Order()], failed, took);

    private double Percentile(double share) =>
        Sorted.Length == 0 ? double.NaN : Sorted[Math.Min(Sorted.Length - 1, (int)(Sorted.Length * share))];
}
