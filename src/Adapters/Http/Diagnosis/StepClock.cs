using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Diagnosis;

/// <summary>What was found, before it is known how long it took.</summary>
internal sealed record Found(DiagnosisState State, string Detail)
{
    public static Found Passed(string detail) => new(DiagnosisState.Passed, detail);

    public static Found Failed(string detail) => new(DiagnosisState.Failed, detail);

    public static Found Skipped(string detail) => new(DiagnosisState.Skipped, detail);
}

/// <summary>Takes the time of steps about one address.</summary>
internal sealed class StepClock(string address, TimeProvider time)
{
    /// <summary>One step; when the whole diagnosis runs out of time it has failed.</summary>
    public async Task<DiagnosisStep> RunAsync(
        string step,
        Func<CancellationToken, Task<Found>> look,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        Found found;
        try
        {
            found = await look(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            found = Found.Failed(
                "It had not ended when the time of the diagnosis was over. Network or agency: look at what drops packets, or answers slowly, on the way."
            );
        }

        return new DiagnosisStep(step, address, found.State, time.GetElapsedTime(started), found.Detail);
    }

    public DiagnosisStep Skip(string step, string why) =>
        new(step, address, DiagnosisState.Skipped, TimeSpan.Zero, why);
}
