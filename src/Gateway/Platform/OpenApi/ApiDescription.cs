using Integration.Contracts;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Integration.Gateway.Platform.OpenApi;

/// <summary>OpenAPI 3.1 at <c>/openapi/v1.json</c>, made from the endpoints themselves, and a page for people at <c>/docs</c>.</summary>
internal static class ApiDescription
{
    /// <summary>Its name.</summary>
    public const string Document = "v1";

    public static void AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => IntegrationJson.Configure(json.SerializerOptions));
        services.AddOpenApi(
            Document,
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.AddSchemaTransformer<PersonalDataMark>();
                options.AddOperationTransformer<OperationDetails>();
                options.AddDocumentTransformer<DocumentHead>();
            }
        );
    }

    public static void MapApiDescription(this WebApplication app)
    {
        // Open to all and long to make: kept as bytes; headers and query of a request change nothing.
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().CacheResponse(Document);
        app.MapScalarApiReference(
                "/docs",
                page =>
                    page.WithTitle("Integration gateway")
                        .AddDocument(Document)
                        .WithOpenApiRoutePattern("/openapi/{documentName}.json")
                        // Everything comes from this process: a county's network reaches no other.
                        .DisableDefaultFonts()
                        .DisableTelemetry()
                        .DisableAgent()
                        .DisableMcp()
            )
            .AllowAnonymous()
            .CacheResponse(Document);
    }
}
