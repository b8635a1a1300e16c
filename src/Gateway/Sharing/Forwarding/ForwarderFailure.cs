using Integration.Adapters.Ports;
using Yarp.ReverseProxy.Forwarder;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>What the forwarder says about an attempt that brought no answer, in our terms.</summary>
internal static class ForwarderFailure
{
    /// <summary>The failure behind an attempt.</summary>
    /// <exception cref="InvalidOperationException">The forwarder failed over something of ours: a bug.</exception>
    public static AgencyFailure Of(IForwarderErrorFeature? error, ShareCall call) =>
        error switch
        {
            _ when call.TimedOut => AgencyFailures.TimeOut,
            { Error: ForwarderError.NoAvailableDestinations } => AgencyFailures.NoAddress,
            { Exception: { } exception } => AgencyFailures.OfTransport(exception)
                ?? throw new InvalidOperationException($"Forwarding ended with {error.Error}.", exception),
            _ => throw new InvalidOperationException($"Forwarding ended with {error?.Error.ToString() ?? "nothing"}."),
        };
}
