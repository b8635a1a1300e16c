using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>What came of one attempt.</summary>
internal abstract record Received
{
    private Received() { }

    /// <summary>The agency no longer accepts the key; it did nothing, so the request may be sent once more.</summary>
    public sealed record KeyRefused : Received;

    /// <summary>No usable answer; nothing has left.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="RetryAfter">When to ask again, as far as that is known.</param>
    public sealed record Failed(AgencyFailure Failure, TimeSpan? RetryAfter = null) : Received;

    /// <summary>The whole answer, filtered, not yet on record and not yet sent.</summary>
    public sealed record Held(byte[] Body) : Received;

    /// <summary>The first record could not be committed; nothing has left.</summary>
    public sealed record NotRecorded(Refusal Refusal) : Received;

    /// <summary>The answer began to leave after its first record.</summary>
    /// <param name="Bytes">How much has left.</param>
    /// <param name="IsComplete">Whether all of it has left.</param>
    /// <param name="Failure">Why the agency's answer broke off; null when it did not, or the caller went away.</param>
    public sealed record Streamed(long Bytes, bool IsComplete, AgencyFailure? Failure = null) : Received;
}
