using System.Text.Json.Nodes;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Sharing.Answering;
using Integration.Gateway.Sharing.Filtering;
using Integration.Gateway.Sharing.Forwarding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integration.Gateway.Sharing.Operations;

/// <summary>
/// <c>GET|POST /share/{resource}/{path}</c> in the API's description: its routes come and go with the catalogue, so that it is
/// described as a whole. Which paths there are is told to each caller by its grants, not published.
/// </summary>
internal sealed class ShareDescription : IOpenApiDocumentTransformer
{
    private static readonly string[] s_types = ["application/json", XmlAnswerFilter.Type.Split(';')[0]];

    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Paths.Add(
            "/share/{resource}/{path}",
            new OpenApiPathItem
            {
                Operations = new Dictionary<HttpMethod, OpenApiOperation>
                {
                    [HttpMethod.Get] = Operation(document, "getShare", body: null),
                    [HttpMethod.Post] = Operation(document, "postShare", Body()),
                },
            }
        );
        return Task.CompletedTask;
    }

    private static OpenApiOperation Operation(OpenApiDocument document, string id, OpenApiRequestBody? body)
    {
        var operation = new OpenApiOperation
        {
            OperationId = id,
            Summary = "Asks one agency under a grant; only granted fields come back",
            Description =
                "Paths, bodies and fields are those of the service catalogue. Nothing of an answer leaves before its evidence "
                + "is committed. An answer that breaks off is not a whole one: the connection is closed.",
            Tags = new HashSet<OpenApiTagReference> { new("Sharing", document) },
            Parameters =
            [
                Parameter("resource", ParameterLocation.Path, "The resource, as grants name it after share:."),
                Parameter("path", ParameterLocation.Path, "The path of one operation; it may have several segments."),
                Parameter(ShareQuestion.CaseIdHeader, ParameterLocation.Header, "Your case number."),
                Parameter(
                    ShareQuestion.PurposeHeader,
                    ParameterLocation.Header,
                    "What it is for; a published purpose."
                ),
                Parameter(
                    ShareQuestion.BasisHeader,
                    ParameterLocation.Header,
                    "The legal basis: kind; reference=\"...\"; grantedAt=\"...\". Kinds are consent, contract, legalDuty."
                ),
                Parameter(
                    IdempotentRequests.HeaderName,
                    ParameterLocation.Header,
                    "Same key and same question: same answer. Needed where the operation has an effect.",
                    isRequired: false
                ),
            ],
            RequestBody = body,
            Responses = Responses(document),
        };
        OperationDetails.GiveExamples(operation);
        return operation;
    }

    private static OpenApiParameter Parameter(
        string name,
        ParameterLocation place,
        string description,
        bool isRequired = true
    ) =>
        new()
        {
            Name = name,
            In = place,
            Required = isRequired,
            Description = description,
            Schema = Text(),
        };

    private static OpenApiRequestBody Body() =>
        new()
        {
            Description = "In the format of the resource's dialect, with the operation's fields only.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [s_types[0]] = new() { Example = new JsonObject { ["unitNumber"] = "0000" } },
                [s_types[1]] = new(),
            },
        };

    private static OpenApiResponses Responses(OpenApiDocument document)
    {
        var responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = "The granted fields of the agency's answer and its envelope.",
                Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
                {
                    [ShareResponse.EvidenceHeader] = new OpenApiHeader
                    {
                        Description = "The record of this answer.",
                        Schema = Text(),
                    },
                },
                Content = s_types.ToDictionary(type => type, _ => new OpenApiMediaType(), StringComparer.Ordinal),
            },
        };
        foreach (var (status, codes) in Problems())
        {
            responses.Add(status, OperationDetails.Answer(codes, document));
        }

        return responses;
    }

    private static IEnumerable<(string Status, string Codes)> Problems() =>
        [
            ("400", ProblemCodes.RequestInvalid),
            ("401", ProblemCodes.Unauthenticated),
            ("403", ProblemCodes.NotGranted),
            ("404", ProblemCodes.NotFound),
            ("405", ProblemCodes.MethodNotAllowed),
            ("409", $"{ProblemCodes.IdempotencyConflict}, {ProblemCodes.IdempotencyInProgress}"),
            ("413", ProblemCodes.BodyTooLarge),
            ("415", ProblemCodes.UnsupportedMediaType),
            ("429", $"{ProblemCodes.TooManyRequests}, {ProblemCodes.QuotaExhausted}"),
            ("500", ProblemCodes.InternalError),
            ("502", $"{ProblemCodes.AgencyUnavailable}, {ProblemCodes.AgencyRefused}, {ProblemCodes.AnswerUnreadable}"),
            (
                "503",
                $"{ProblemCodes.Overloaded}, {ProblemCodes.AgencyMaintenance}, {ProblemCodes.EvidenceUnavailable}, {ProblemCodes.Unavailable}"
            ),
            ("504", ProblemCodes.AgencyUnavailable),
        ];

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
