using System.Collections.Frozen;

namespace Integration.Gateway.Callers;

/// <summary>The words a grant may use; anything else in the callers file is a typing error and refused.</summary>
/// <param name="Fields">The fields of each service; a service without fields is an operation.</param>
/// <param name="Purposes">What data may be asked for.</param>
internal sealed record GrantVocabulary(FrozenDictionary<string, FrozenSet<string>> Fields, FrozenSet<string> Purposes)
{
    /// <summary>What the name of a shared resource begins with; the rest is the catalogue's.</summary>
    public const string Shared = "share:";

    /// <summary>The service whose grants name the owners they reach; null: none does.</summary>
    public string? WithOwners { get; init; }

    /// <summary>
    /// Null, or why a text cannot be a field of a shared resource. Which resources there are, the service catalogue says; a
    /// grant of one that it does not have allows nothing.
    /// </summary>
    public Func<string, string?> SharedFieldFault { get; init; } = _ => "No resources are shared.";
}
