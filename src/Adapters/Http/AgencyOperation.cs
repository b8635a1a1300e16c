namespace Integration.Adapters.Http;

/// <summary>One thing that can be asked of one agency.</summary>
/// <param name="Agency">The agency's name, e.g. <c>population-registry</c>; a metric label.</param>
/// <param name="Name">The operation's name, e.g. <c>GK_GXFW_SFHC</c>; a metric label, so from a fixed set.</param>
/// <param name="IsIdempotentRead">Only such an operation is ever sent again after a failure.</param>
internal sealed record AgencyOperation(string Agency, string Name, bool IsIdempotentRead);
