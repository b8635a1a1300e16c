namespace Integration.Gateway.Callers;

/// <summary>An authenticated system. Made only by token or certificate validation.</summary>
/// <param name="Id">The client id, e.g. <c>hall</c>.</param>
/// <param name="Kind">What kind of system it is.</param>
/// <param name="Utility">The utility it speaks for, e.g. <c>water</c>; set exactly when the kind is utility.</param>
internal sealed record Caller(string Id, CallerKind Kind, string? Utility = null);

/// <summary>The kinds of systems that call us.</summary>
internal enum CallerKind
{
    Hall,
    Municipal,
    Utility,
    Ops,
}
