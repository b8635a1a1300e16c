using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integration.Gateway.Platform.OpenApi;

/// <summary>What holds for every operation: who we are, how callers prove who they are.</summary>
internal sealed class DocumentHead : IOpenApiDocumentTransformer
{
    private const string Scheme = "clientCredentials";

    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Integration gateway",
            Version = "1",
            Description =
                "Shared government data for electricity services. Times are ISO 8601 with offset. Unknown members, "
                + "duplicate keys and bodies over 1 MiB are refused; every error is application/problem+json and lists all "
                + "faults at once. Fields marked x-personal-data never appear in logs, traces, metrics or addresses.",
        };
        document.Info.Description +=
            $" Codes of problems: {string.Join(", ", ProblemExamples.Codes)} (docs/spec/problems.md).";
        // The address is the one the reader used.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "OAuth 2.0 client credentials (secret or private_key_jwt); tokens last ten minutes.",
                Flows = new OpenApiOAuthFlows
                {
                    ClientCredentials = new OpenApiOAuthFlow
                    {
                        TokenUrl = new Uri("/oauth/token", UriKind.Relative),
                        Scopes = new Dictionary<string, string>(StringComparer.Ordinal),
                    },
                },
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] },
        ];
        return Task.CompletedTask;
    }
}
