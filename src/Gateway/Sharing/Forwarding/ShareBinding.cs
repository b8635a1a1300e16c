using Integration.Gateway.Platform.Json;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>What an answer must be about, taken from the question: the parameters that the catalogue binds, in normal form.</summary>
internal static class ShareBinding
{
    /// <summary>
    /// The values by the index of their binding; null for a parameter that was not sent. Without any of them an answer could be about any
    /// subject, so that the question is refused.
    /// </summary>
    public static IReadOnlyList<BoundValue?> Read(
        HttpRequest request,
        SharedOperation operation,
        IReadOnlyDictionary<string, string> values,
        ShareBody body,
        FaultList faults
    )
    {
        var bound = operation
            .Entry.Answer.Bind.Select(bind => From(bind, ValueOf(request, operation, values, body, bind.Parameter)))
            .ToList();
        if (bound.Count > 0 && bound.TrueForAll(value => value is null) && faults.IsEmpty)
        {
            faults.Add(
                PointerTo(operation, operation.Entry.Answer.Bind[0].Parameter),
                "missing",
                "The agency's answer is bound to what is asked for: send one of "
                    + string.Join(", ", operation.Entry.Answer.Bind.Select(bind => bind.Parameter))
                    + ", once."
            );
        }

        return bound;
    }

    private static BoundValue? From(BindEntry bind, string? text)
    {
        var kind = Enum.Parse<BoundKind>(bind.Kind, ignoreCase: true);
        return string.IsNullOrWhiteSpace(text)
            ? null
            : new BoundValue(
                bind.Field[(bind.Field.LastIndexOf('/') + 1)..].TrimStart('@'),
                kind,
                kind.Normalise(text)
            );
    }

    private static string? ValueOf(
        HttpRequest request,
        SharedOperation operation,
        IReadOnlyDictionary<string, string> values,
        ShareBody body,
        string parameter
    ) =>
        SharedOperation.PlacesOf(operation.Entry, parameter).Single() switch
        {
            BoundPlace.Body => body.Fields?.ValueAt(parameter),
            BoundPlace.Query => request.Query[parameter] is [{ } only] ? only : null,
            _ => Uri.UnescapeDataString(values[parameter]),
        };

    private static string PointerTo(SharedOperation operation, string parameter) =>
        SharedOperation.PlacesOf(operation.Entry, parameter).Single() switch
        {
            BoundPlace.Body => $"/{parameter}",
            BoundPlace.Query => $"query:{parameter}",
            _ => $"path:{parameter}",
        };
}
