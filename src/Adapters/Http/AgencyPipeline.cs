using Integration.Adapters.Http.Gates;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Integration.Adapters.Http;

/// <summary>
/// What protects us from an agency and an agency from us, outside in:
/// <code>
/// deadline      the caller's time, waiting included: nothing starts after it
///  gate         maintenance, places, rate, day; one slow agency cannot take the others' room
///   retry       idempotent reads only, jittered, only while there is time
///    breaker    an agency that fails is left alone for a while
///     attempt   longest time of one attempt
/// </code>
/// An attempt's result is its failure, or null when the agency gave a usable answer: "no such record" is no failure.
/// </summary>
internal static class AgencyPipeline
{
    /// <summary>The call under way, for strategies that decide by it.</summary>
    public static readonly ResiliencePropertyKey<AgencyCall> Call = new("integration.agency-call");

    public static ResiliencePipeline<AgencyFailure?> Build(
        AgencyLimits limits,
        AgencyGate gate,
        CircuitBreakerStateProvider breaker,
        TimeProvider time
    ) =>
        new ResiliencePipelineBuilder<AgencyFailure?> { TimeProvider = time }
            .AddTimeout(Deadline(limits, time))
            .AddStrategy(_ => new GateStrategy(gate), new GateStrategyOptions())
            .AddRetry(limits, time)
            .AddCircuitBreaker(Breaker(limits, breaker, new AskedPause(time)))
            .AddTimeout(limits.AttemptTime)
            .Build();

    /// <summary>The call under way.</summary>
    public static AgencyCall CallOf(ResilienceContext context) => context.Properties.GetValue(Call, null!);

    private static TimeoutStrategyOptions Deadline(AgencyLimits limits, TimeProvider time) =>
        new()
        {
            TimeoutGenerator = arguments => ValueTask.FromResult(Budget(limits, Remaining(arguments.Context, time))),
        };

    private static ResiliencePipelineBuilder<AgencyFailure?> AddRetry(
        this ResiliencePipelineBuilder<AgencyFailure?> builder,
        AgencyLimits limits,
        TimeProvider time
    ) =>
        limits.Retries == 0
            ? builder
            : builder.AddRetry(
                new RetryStrategyOptions<AgencyFailure?>
                {
                    MaxRetryAttempts = limits.Retries,
                    Delay = limits.RetryDelay,
                    MaxDelay = limits.AttemptTime,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = arguments =>
                        ValueTask.FromResult(
                            CallOf(arguments.Context).Operation.IsIdempotentRead
                                && IsTransient(arguments.Context, arguments.Outcome)
                                && Remaining(arguments.Context, time)
                                    > Longer(limits.RetryDelay, arguments.Context, time)
                        ),
                    // The agency's own wish, where it is longer; null: as above.
                    DelayGenerator = arguments =>
                        ValueTask.FromResult(
                            Pause(arguments.Context, time) is { } pause && pause > limits.RetryDelay
                                ? pause
                                : (TimeSpan?)null
                        ),
                }
            );

    private static CircuitBreakerStrategyOptions<AgencyFailure?> Breaker(
        AgencyLimits limits,
        CircuitBreakerStateProvider breaker,
        AskedPause pause
    ) =>
        new()
        {
            FailureRatio = limits.BreakRatio,
            MinimumThroughput = limits.BreakMinimum,
            SamplingDuration = limits.BreakWindow,
            BreakDurationGenerator = _ => ValueTask.FromResult(pause.AtLeast(limits.BreakTime)),
            StateProvider = breaker,
            ShouldHandle = arguments =>
            {
                pause.Note(CallOf(arguments.Context).PausesUntil);
                return ValueTask.FromResult(IsTransient(arguments.Context, arguments.Outcome));
            },
        };

    private static TimeSpan? Pause(ResilienceContext context, TimeProvider time) =>
        CallOf(context).PausesUntil - time.GetUtcNow();

    private static TimeSpan Longer(TimeSpan delay, ResilienceContext context, TimeProvider time) =>
        Pause(context, time) is { } pause && pause > delay ? pause : delay;

    /// <summary>What may pass by itself; waiting for a key is judged by the key's own service, which has its own breaker.</summary>
    private static bool IsTransient(ResilienceContext context, Outcome<AgencyFailure?> outcome) =>
        (outcome.Exception is TimeoutRejectedException && !CallOf(context).AwaitsKey)
        || AgencyFailures.MayPass(outcome.Result);

    private static TimeSpan Remaining(ResilienceContext context, TimeProvider time) =>
        CallOf(context).Request.Deadline - time.GetUtcNow();

    /// <summary>Never zero: that would mean no limit at all.</summary>
    private static TimeSpan Budget(AgencyLimits limits, TimeSpan remaining) =>
        TimeSpan.FromMilliseconds(
            Math.Clamp(remaining.TotalMilliseconds, min: 1, max: limits.TotalTime.TotalMilliseconds)
        );
}
