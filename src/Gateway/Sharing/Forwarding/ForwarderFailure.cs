using Integration.Adapters.Ports;
using Yarp.ReverseProxy.Forwarder;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>What the forwarder says about an attempt that brought no answer, in our terms; and what it is told about one that brought a bad one.</summary>
internal static class ForwarderFailure
{
    /// <summary>The caller's time was over before it could be sent.</summary>
    public static AgencyFailure TooLate { get; } = new(FailureStage.TimeOut, FailureSide.Gateway, "deadline");

    /// <summary>The failure behind an attempt.</summary>
    /// <exception cref="InvalidOperationException">The forwarder failed over something of ours: a bug.</exception>
    public static AgencyFailure From(IForwarderErrorFeature? error, ShareCall call) =>
        error switch
        {
            _ when call.TimedOut => AgencyFailures.TimeOut,
            { Error: ForwarderError.NoAvailableDestinations } => AgencyFailures.NoAddress,
            { Exception: { } exception } => AgencyFailures.FromTransport(exception)
                ?? throw new InvalidOperationException($"Forwarding ended with {error.Error}.", exception),
            _ => throw new InvalidOperationException($"Forwarding ended with {error?.Error.ToString() ?? "nothing"}."),
        };

    /// <summary>
    /// Whether the attempt that has just ended shows that the address it went to is not well: as the circuit breaker of the adapters judges,
    /// so that no answer about one record, and no caller that went away, counts.
    /// </summary>
    public static bool ShowsIllness(HttpContext http, ShareCall call) =>
        call.Received is { } received ? AgencyFailures.MayPass(received.Failure)
        : call.TimedOut ? true
        : !http.RequestAborted.IsCancellationRequested
            && http.GetForwarderErrorFeature()?.Exception is { } exception
            && AgencyFailures.MayPass(AgencyFailures.FromTransport(exception));
}
