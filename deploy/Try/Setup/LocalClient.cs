namespace Integration.Try.Setup;

/// <summary>A system that may call the gateway.</summary>
/// <param name="Id">Client id.</param>
/// <param name="Secret">Client secret.</param>
/// <param name="Kind"><c>hall | municipal | utility | ops</c>.</param>
/// <param name="Utility">Which utility, for the kind <c>utility</c> only.</param>
internal sealed record LocalClient(string Id, string Secret, string Kind, string? Utility = null)
{
    /// <inheritdoc />
    public override string ToString() => $"client {Id}";
}
