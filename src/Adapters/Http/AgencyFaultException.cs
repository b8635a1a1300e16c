using Integration.Adapters.Ports;

namespace Integration.Adapters.Http;

/// <summary>
/// Carries a failure out of a place that cannot return one: a message handler, a serializer, Refit's own hooks.
/// <see cref="FailureMap"/> turns it back into a value. The text holds the code only, never data.
/// </summary>
internal sealed class AgencyFaultException(AgencyFailure failure) : Exception($"{failure.Stage}: {failure.Code}")
{
    public AgencyFailure Failure { get; } = failure;
}
