using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Integration.Adapters.Http.Gates;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Integration.Adapters.Http;

/// <summary>
/// The one way to ask one agency; a keyed singleton per agency. Everything that can happen becomes an
/// <see cref="AgencyAnswer{TFacts}"/>; only the caller's own cancellation and bugs are thrown.
/// </summary>
internal sealed class AgencyCaller
{
    private readonly AgencyConditions _conditions;
    private readonly AgencyTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<AgencyFailure?> _pipeline;

    public AgencyCaller(
        AgencyGate gate,
        AgencyLimits limits,
        AgencyConditions conditions,
        AgencyTelemetry telemetry,
        TimeProvider time
    )
    {
        var breaker = new CircuitBreakerStateProvider();
        conditions.Add(gate, breaker);
        _conditions = conditions;
        _telemetry = telemetry;
        _time = time;
        _pipeline = AgencyPipeline.Build(limits, gate, breaker, time);
    }

    /// <summary>Asks one question.</summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="request">The circumstances, the deadline among them.</param>
    /// <param name="send">One attempt: the generated client's method.</param>
    /// <param name="read">Makes facts, or a failure, of a well-formed answer.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public async Task<AgencyAnswer<TFacts>> AskAsync<TWire, TFacts>(
        AgencyOperation operation,
        AgencyRequest request,
        Func<AgencyCall, CancellationToken, Task<TWire>> send,
        Func<TWire, Reading<TFacts>> read,
        CancellationToken cancellationToken
    )
    {
        var started = _time.GetTimestamp();
        var call = new AgencyCall(operation, request, _time.GetUtcNow());
        using var span = _telemetry.Start(operation);

        var reading = await RunAsync(new CallAttempts<TWire, TFacts>(call, send, read), cancellationToken);

        var answer = Answer(reading, call.Trace(_time.GetUtcNow()));
        Record(span, call, answer, _time.GetElapsedTime(started));
        return answer;
    }

    /// <summary>
    /// Records a question that cannot be put to the agency, like any other that got no answer: <see cref="FailureStage.Question"/>. Nothing is
    /// sent or counted.
    /// </summary>
    /// <param name="operation">What would have been asked.</param>
    /// <param name="request">The circumstances.</param>
    /// <param name="code">What is missing; from a fixed set.</param>
    public Task<AgencyAnswer<TFacts>> NotAskedAsync<TFacts>(
        AgencyOperation operation,
        AgencyRequest request,
        string code
    )
    {
        var now = _time.GetUtcNow();
        var call = new AgencyCall(operation, request, now);
        using var span = _telemetry.Start(operation);
        var failure = new AgencyFailure(FailureStage.Question, FailureSide.Gateway, code);
        var answer = Answer<TFacts>(failure, call.Trace(now));
        Record(span, call, answer, TimeSpan.Zero);
        return Task.FromResult(answer);
    }

    private async Task<Reading<TFacts>> RunAsync<TWire, TFacts>(
        CallAttempts<TWire, TFacts> attempts,
        CancellationToken cancellationToken
    )
    {
        if (attempts.Call.Request.Deadline <= _time.GetUtcNow())
        {
            return CallFailure.DeadlinePassed;
        }

        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(AgencyPipeline.Call, attempts.Call);
        try
        {
            var outcome = await _pipeline.ExecuteOutcomeAsync(
                static (context, attempts) => attempts.AttemptAsync(context.CancellationToken),
                context,
                attempts
            );
            return outcome.Exception is { } exception
                ? FromException(exception, attempts)
                // Turned away at the gate: there was no attempt.
                : attempts.Reading ?? outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Reading<TFacts> FromException<TWire, TFacts>(
        Exception exception,
        CallAttempts<TWire, TFacts> attempts
    )
    {
        if (exception is TimeoutRejectedException && attempts.Reading is { } ended)
        {
            // The time ran out while waiting for a retry: what the last attempt ended with says more.
            return ended;
        }

        if (FailureMap.From(exception, attempts.Call) is { } failure)
        {
            return failure;
        }

        ExceptionDispatchInfo.Throw(exception);
        throw new UnreachableException();
    }

    private static AgencyAnswer<TFacts> Answer<TFacts>(Reading<TFacts> reading, CallTrace trace) =>
        reading switch
        {
            Reading<TFacts>.Found found => new AgencyAnswer<TFacts>.Found(trace, found.Facts),
            Reading<TFacts>.Several several => new AgencyAnswer<TFacts>.Several(trace, several.Count),
            Reading<TFacts>.Unknown => new AgencyAnswer<TFacts>.Unknown(trace),
            Reading<TFacts>.Failed { Failure: { Stage: FailureStage.Authorisation } failure } =>
                new AgencyAnswer<TFacts>.Refused(trace, failure),
            Reading<TFacts>.Failed failed => new AgencyAnswer<TFacts>.Unanswered(trace, failed.Failure),
            _ => throw new UnreachableException(),
        };

    private void Record<TFacts>(Activity? span, AgencyCall call, AgencyAnswer<TFacts> answer, TimeSpan duration)
    {
        var (outcome, failure) = answer switch
        {
            AgencyAnswer<TFacts>.Found => ("found", null),
            AgencyAnswer<TFacts>.Several => ("several", null),
            AgencyAnswer<TFacts>.Unknown => ("unknown", null),
            AgencyAnswer<TFacts>.Refused refused => ("refused", refused.Failure),
            AgencyAnswer<TFacts>.Unanswered unanswered => ("unanswered", unanswered.Failure),
            _ => throw new UnreachableException(),
        };
        if (failure is not null)
        {
            _conditions.Note(call.Operation.Agency, failure);
        }

        _telemetry.Record(span, call, failure, outcome, duration);
    }
}
