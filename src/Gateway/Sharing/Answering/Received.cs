using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>What came of one attempt.</summary>
internal abstract record Received
{
    private Received() { }

    /// <summary>What the agency or the way to it did wrong; null when nothing.</summary>
    public virtual AgencyFailure? Failure => null;

    /// <summary>The agency no longer accepts the key; it did nothing, so the request may be sent once more.</summary>
    public sealed record KeyRefused : Received;

    /// <summary>No usable answer; nothing has left.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="RetryAfter">When to ask again, as far as that is known.</param>
    public sealed record Failed(AgencyFailure Reason, TimeSpan? RetryAfter = null) : Received
    {
        public override AgencyFailure Failure => Reason;
    }

    /// <summary>The caller went away before there was an answer.</summary>
    public sealed record Abandoned : Received;

    /// <summary>The whole answer, filtered, not yet on record and not yet sent.</summary>
    public sealed record Held(byte[] Body) : Received;

    /// <summary>The answer may not begin to leave: it cannot be put on record, or is too large to be kept.</summary>
    public sealed record Withheld(Refusal Refusal) : Received;

    /// <summary>The answer began to leave after its first record.</summary>
    /// <param name="Bytes">How much has left.</param>
    /// <param name="IsComplete">Whether all of it has left.</param>
    /// <param name="Reason">Why the agency's answer broke off; null when it did not, or the caller went away.</param>
    public sealed record Streamed(long Bytes, bool IsComplete, AgencyFailure? Reason = null) : Received
    {
        public override AgencyFailure? Failure => Reason;
    }
}
