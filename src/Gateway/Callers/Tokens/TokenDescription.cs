using System.Text.Json.Nodes;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.OpenApi;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Integration.Gateway.Callers.Tokens;

/// <summary><c>POST /oauth/token</c> in the API's description: OpenIddict reads the form, so that no handler's parameters tell it.</summary>
internal sealed class TokenDescription : IOpenApiDocumentTransformer
{
    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var operation = new OpenApiOperation
        {
            OperationId = "postOauthToken",
            Summary = "An access token for ten minutes",
            Description =
                "OAuth 2.0 client credentials (RFC 6749 4.4). The secret is sent in the form or by HTTP Basic; in Basic, id and secret are form-encoded first "
                + "(RFC 6749 2.3.1), which changes nothing in secrets of letters, digits, - and _. Or a private_key_jwt assertion (RFC 7523).",
            Tags = new HashSet<OpenApiTagReference> { new("Tokens", document) },
            Security = [],
            RequestBody = Body(),
            Responses = Responses(document),
        };
        OperationDetails.GiveExamples(operation);
        document.Paths.Add(
            TokenEndpoint.Path,
            new OpenApiPathItem
            {
                Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = operation },
            }
        );
        return Task.CompletedTask;
    }

    private static OpenApiRequestBody Body() =>
        new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/x-www-form-urlencoded"] = new()
                {
                    Schema = Members(
                        [Parameters.GrantType],
                        Parameters.GrantType,
                        Parameters.ClientId,
                        Parameters.ClientSecret,
                        Parameters.ClientAssertionType,
                        Parameters.ClientAssertion
                    ),
                    Example = new JsonObject
                    {
                        [Parameters.GrantType] = GrantTypes.ClientCredentials,
                        [Parameters.ClientId] = "online-hall",
                        [Parameters.ClientSecret] = "the-secret-of-the-client",
                    },
                },
            },
        };

    private static OpenApiResponses Responses(OpenApiDocument document) =>
        new()
        {
            ["200"] = new OpenApiResponse
            {
                Description = "The token; it is not to be stored.",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new()
                    {
                        Schema = Answer(),
                        Example = new JsonObject
                        {
                            [Parameters.AccessToken] = "eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
                            [Parameters.TokenType] = "Bearer",
                            [Parameters.ExpiresIn] = 599,
                        },
                    },
                },
            },
            ["400"] = OperationDetails.Answer(ProblemCodes.RequestInvalid, document),
            ["401"] = OperationDetails.Answer(ProblemCodes.Unauthenticated, document),
            ["429"] = OperationDetails.Answer(ProblemCodes.TooManyRequests, document),
            ["500"] = OperationDetails.Answer(ProblemCodes.InternalError, document),
            ["503"] = OperationDetails.Answer(ProblemCodes.Overloaded, document),
        };

    private static OpenApiSchema Answer()
    {
        var schema = Members(
            [Parameters.AccessToken, Parameters.TokenType, Parameters.ExpiresIn],
            Parameters.AccessToken,
            Parameters.TokenType
        );
        schema.Properties!.Add(
            Parameters.ExpiresIn,
            new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Seconds." }
        );
        return schema;
    }

    private static OpenApiSchema Members(IEnumerable<string> required, params string[] texts) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Required = required.ToHashSet(StringComparer.Ordinal),
            Properties = texts.ToDictionary(
                name => name,
                IOpenApiSchema (_) => new OpenApiSchema { Type = JsonSchemaType.String },
                StringComparer.Ordinal
            ),
        };
}
