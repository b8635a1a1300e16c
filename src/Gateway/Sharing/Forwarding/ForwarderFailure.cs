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
    /// Counts a bad answer against the address it came from, as the forwarder itself counts only what it sees: an address
    /// that answers 5xx or what cannot be read is as unwell as one that does not answer.
    /// </summary>
    public static void Blame(HttpContext http, AgencyFailure? failure)
    {
        if (
            failure
            is { Stage: FailureStage.Transfer or FailureStage.TimeOut or FailureStage.Parse }
                or { Stage: FailureStage.Status, Side: FailureSide.Agency }
        )
        {
            http.Features.Set<IForwarderErrorFeature>(new BadAnswer());
        }
    }

    private sealed record BadAnswer : IForwarderErrorFeature
    {
        public ForwarderError Error => ForwarderError.ResponseBodyDestination;

        public Exception? Exception => null;
    }
}
