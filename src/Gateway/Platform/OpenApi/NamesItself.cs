namespace Integration.Gateway.Platform.OpenApi;

/// <summary>
/// What is sent to the operation has a number of its own, which makes a repetition safe: it takes no <c>Idempotency-Key</c>, and
/// one that is sent is ignored.
/// </summary>
/// <param name="Conflict">Code of the problem when something else has the number; 409.</param>
internal sealed record NamesItself(string Conflict);
