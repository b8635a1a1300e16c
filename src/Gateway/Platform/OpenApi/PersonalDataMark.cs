using Integration.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integration.Gateway.Platform.OpenApi;

/// <summary>Carries <see cref="PersonalDataAttribute"/> into the description as <c>x-personal-data: true</c>.</summary>
internal sealed class PersonalDataMark : IOpenApiSchemaTransformer
{
    public const string Name = "x-personal-data";

    public Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            context.JsonPropertyInfo?.AttributeProvider?.IsDefined(typeof(PersonalDataAttribute), inherit: false)
            == true
        )
        {
            schema.AddExtension(Name, new JsonNodeExtension(true));
        }

        return Task.CompletedTask;
    }
}
