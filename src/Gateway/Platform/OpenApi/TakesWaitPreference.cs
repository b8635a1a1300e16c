namespace Integration.Gateway.Platform.OpenApi;

/// <summary>The operation reads <c>Prefer: wait</c>.</summary>
internal sealed record TakesWaitPreference;
