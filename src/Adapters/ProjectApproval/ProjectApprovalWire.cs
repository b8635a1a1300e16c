using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.ProjectApproval;

internal sealed record ProjectRequest(string Uscc)
{
    /// <inheritdoc />
    public override string ToString() => nameof(ProjectRequest);
}

/// <summary><c>Data</c> stays raw: on failure the platform may put anything there.</summary>
internal sealed record ProjectAnswer(string? Code, JsonElement Data);

/// <summary>One project. The project's name is not read.</summary>
internal sealed record ProjectRow(string? ProjectCode, string? Uscc, string? Status)
{
    /// <inheritdoc />
    public override string ToString() => nameof(ProjectRow);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(ProjectRequest))]
[JsonSerializable(typeof(ProjectAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ProjectRow>))]
internal sealed partial class ProjectApprovalJson : JsonSerializerContext;
