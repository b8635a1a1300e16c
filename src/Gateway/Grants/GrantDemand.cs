namespace Integration.Gateway.Grants;

/// <summary>What one step of a plan needs a grant for.</summary>
/// <param name="Service">The service, e.g. <c>identity</c>, <c>propertyTitle</c>, <c>applications</c>.</param>
/// <param name="Purpose">The purpose the caller states.</param>
/// <param name="Fields">The fields that would be asked for or handed on.</param>
internal sealed record GrantDemand(string Service, string Purpose, IReadOnlyList<string> Fields)
{
    /// <summary>The client into whose case the caller reaches; the grant has to name it. Null: it is the caller's own.</summary>
    public string? Owner { get; init; }
}
