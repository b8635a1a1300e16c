namespace Integration.Adapters.Ports;

/// <summary>The circumstances of one question, the same for every agency.</summary>
/// <param name="CaseId">The caller's case number; agencies that ask for a business number get it.</param>
/// <param name="RequestId">Our number of this question, 32 lower hex digits; unique for ever.</param>
/// <param name="Caller">For whom it is asked, as a key that never leaves this process; <see cref="OfGateway"/> for work of our own.</param>
/// <param name="Purpose">What the data is for.</param>
/// <param name="Deadline">After this moment the answer is of no use; no attempt starts later.</param>
/// <param name="Priority">Whether a person waits for the answer.</param>
public sealed record AgencyRequest(
    string CaseId,
    string RequestId,
    string Caller,
    string Purpose,
    DateTimeOffset Deadline,
    CallPriority Priority = CallPriority.Live
)
{
    /// <summary>The gateway asks for itself; no id of a client begins like this.</summary>
    public const string OfGateway = "*gateway";
}
