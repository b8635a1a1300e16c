using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// The one policy for a step whose documents another request, or another node, changed before the step was committed: read again, decide
/// again, commit again, up to 20 times. There is no pause between attempts: each waits for a commit already, and one of those who
/// compete always gets through.
/// </summary>
internal static class ConcurrencyRetry
{
    /// <summary>20; a step that loses that often answers with the conflict, which the caller may repeat.</summary>
    public const int MostAttempts = 20;

    /// <summary>Runs a step until it meets no concurrency conflict.</summary>
    /// <param name="step">Loads, decides and commits. It runs anew for each attempt, so it must hold nothing of the last one.</param>
    /// <returns>What the step came to; the conflict after the last attempt.</returns>
    public static Task<Result<T>> RunAsync<T>(Func<Task<Result<T>>> step)
        where T : notnull => RunAsync(_ => step());

    /// <inheritdoc cref="RunAsync{T}(Func{Task{Result{T}}})" />
    /// <param name="step">The same, given whether it is the first attempt.</param>
    public static async Task<Result<T>> RunAsync<T>(Func<bool, Task<Result<T>>> step)
        where T : notnull
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await step(attempt == 1);
            if (attempt == MostAttempts || !result.IsConcurrencyConflict)
            {
                return result;
            }
        }
    }
}
