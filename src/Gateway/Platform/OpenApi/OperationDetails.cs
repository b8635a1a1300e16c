using System.Globalization;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integration.Gateway.Platform.OpenApi;

/// <summary>Adds to each operation the problems it can answer, the headers it takes, and an example of each body.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    private const string Json = "application/json";
    private const string CloudEvent = "application/cloudevents+json";

    public async Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken);
        context.Document?.AddComponent(nameof(Problem), problem);
        var isPost = HttpMethods.IsPost(context.Description.HttpMethod ?? string.Empty);
        var named = context.Description.ActionDescriptor.EndpointMetadata.OfType<NamesItself>().FirstOrDefault();
        if (isPost && named is null)
        {
            AddIdempotencyKey(operation);
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesWaitPreference>().Any())
        {
            AddPrefer(operation);
        }

        operation.Responses ??= [];
        foreach (var (status, codes) in Problems(isPost, named, operation))
        {
            operation.Responses.TryAdd(status, Answer(codes, context.Document));
        }

        operation.OperationId ??= OperationNames.For(
            context.Description.HttpMethod ?? HttpMethods.Get,
            context.Description.RelativePath ?? string.Empty
        );
        GiveExamples(operation);
    }

    /// <summary>A problem with these codes.</summary>
    public static OpenApiResponse Answer(string codes, OpenApiDocument? document) =>
        new()
        {
            Description = codes,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [ProblemResult.MediaType] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), document) },
            },
        };

    /// <summary>Puts the example of its type to each body.</summary>
    public static void GiveExamples(OpenApiOperation operation)
    {
        Illustrate(operation.RequestBody?.Content);
        foreach (var (status, response) in operation.Responses ??= [])
        {
            Illustrate(response.Content);
            if (
                response.Content?.TryGetValue(ProblemResult.MediaType, out var media) == true
                && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            )
            {
                media.Example = ProblemExamples.For(number, response.Description);
            }
        }
    }

    private static IEnumerable<(string Status, string Codes)> Problems(
        bool isPost,
        NamesItself? named,
        OpenApiOperation operation
    )
    {
        if (operation.RequestBody is not null)
        {
            yield return ("400", ProblemCodes.RequestInvalid);
            yield return ("413", ProblemCodes.BodyTooLarge);
            yield return ("415", ProblemCodes.UnsupportedMediaType);
        }

        yield return ("401", ProblemCodes.Unauthenticated);
        yield return ("403", ProblemCodes.NotGranted);
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
        {
            yield return ("404", ProblemCodes.NotFound);
        }

        if (isPost)
        {
            yield return (
                "409",
                named?.Conflict
                    ?? $"{ProblemCodes.IdempotencyConflict}, {ProblemCodes.IdempotencyInProgress}, {ProblemCodes.StateConflict}"
            );
        }

        yield return ("429", $"{ProblemCodes.TooManyRequests}, {ProblemCodes.QuotaExhausted}");
        yield return ("500", ProblemCodes.InternalError);
        yield return (
            "503",
            $"{ProblemCodes.Overloaded}, {ProblemCodes.EvidenceUnavailable}, {ProblemCodes.Unavailable}"
        );
    }

    private static void AddIdempotencyKey(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(
            new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "Same key and same body: same answer, however often it is sent.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }
        );
    }

    private static void AddPrefer(OpenApiOperation operation) =>
        (operation.Parameters ??= []).Add(
            new OpenApiParameter
            {
                Name = "Prefer",
                In = ParameterLocation.Header,
                Description =
                    "wait=<seconds>, 1 to 3600 (RFC 7240): how long the agencies may be waited for; 5 seconds without it. What did not answer by then is told as such.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = "wait=10",
            }
        );

    private static void Illustrate(IDictionary<string, OpenApiMediaType>? content)
    {
        foreach (var (name, media) in content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal))
        {
            if (name is Json or CloudEvent && media.Schema is OpenApiSchemaReference { Reference.Id: { } type })
            {
                media.Example = Examples.For(type);
            }
        }
    }
}
