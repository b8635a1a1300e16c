using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Refit;

namespace Integration.Adapters.ProjectApproval;

/// <summary>The platform's query service.</summary>
internal interface IProjectApprovalApi
{
    [Post("/api/projects/query")]
    Task<ProjectAnswer> Query(
        [Body] ProjectRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

internal sealed record ProjectRequest(string Uscc)
{
    /// <inheritdoc />
    public override string ToString() => nameof(ProjectRequest);
}

/// <summary><c>Data</c> stays raw: on failure it is whatever the platform likes.</summary>
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
