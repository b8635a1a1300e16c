using System.Collections.Frozen;

namespace Integration.Gateway.Callers;

/// <summary>The words a grant may use; anything else in the callers file is a typing error and refused.</summary>
/// <param name="Fields">The fields of each service; a service without fields is an operation.</param>
/// <param name="Purposes">What data may be asked for.</param>
internal sealed record GrantVocabulary(FrozenDictionary<string, FrozenSet<string>> Fields, FrozenSet<string> Purposes);
