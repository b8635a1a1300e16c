using System.Collections.Concurrent;
using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Operations;

/// <summary>Looks at an agency step by step, one diagnosis of an agency at a time: it opens connections to it.</summary>
internal sealed class DiagnoseAgency(
    AgencyReadModel agencies,
    IAgencyDiagnosis diagnosis,
    TestStep test,
    TimeProvider time
)
{
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    /// <summary>At most 15 s and the time of one attempt at the agency. 404 for an agency that is not in use, 409 while one is running.</summary>
    public async Task<Result<DiagnosisResponse>> RunAsync(
        Caller caller,
        string agency,
        CancellationToken cancellationToken
    )
    {
        if (!agencies.Knows(agency))
        {
            return Refusal.NotFound("This agency");
        }

        if (!_running.TryAdd(agency, true))
        {
            return Refusal.StateConflict("A diagnosis of this agency is running; ask again in 15 seconds.") with
            {
                Retry = RetryAdvice.Safe,
            };
        }

        try
        {
            var started = time.GetUtcNow();
            return await diagnosis.RunAsync(agency, cancellationToken) is { } steps
                ? AnswerOf(agency, started, [.. steps, await test.LookAsync(caller, agency, steps)])
                : Refusal.NotFound("This agency");
        }
        finally
        {
            _running.TryRemove(agency, out _);
        }
    }

    private DiagnosisResponse AnswerOf(string agency, DateTimeOffset started, IReadOnlyList<DiagnosisStep> steps) =>
        new()
        {
            Agency = agency,
            Node = agencies.Node,
            StartedAt = started,
            Sound = steps.All(step => step.State != DiagnosisState.Failed),
            Steps =
            [
                .. steps.Select(step => new DiagnosisFinding(
                    step.Step,
                    step.Address,
                    JsonNamingPolicy.CamelCase.ConvertName(step.State.ToString()),
                    (long)step.Elapsed.TotalMilliseconds,
                    step.Detail
                )),
            ],
        };
}
