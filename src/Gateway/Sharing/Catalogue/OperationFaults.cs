using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>What is wrong with one operation of a catalogue beyond the schema, all of it.</summary>
internal static class OperationFaults
{
    private const string Get = "GET";

    /// <summary>Each as one sentence that begins with the member it is about.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="dialect">Its resource's; null when there is no such dialect, which is a fault of the resource.</param>
    public static IEnumerable<string> In(OperationEntry operation, ForwardingDialect? dialect) =>
        Paths(operation, dialect)
            .Concat(Fields("request", operation.Request.Fields))
            .Concat(Fields("answer", operation.Answer.Fields))
            .Concat(Fields("envelope", operation.Answer.Envelope))
            .Concat(GrantPolicy(operation.Answer))
            .Concat(AnswerFaults.In(operation, dialect))
            .Concat(Body(operation))
            .Concat(Envelope(operation, dialect))
            .Concat(Effect(operation))
            .Concat(Test(operation, dialect));

    private static IEnumerable<string> Paths(OperationEntry operation, ForwardingDialect? dialect)
    {
        var (path, pathFault) = PathTemplate.Parse(operation.Path);
        if (pathFault is not null)
        {
            yield return $"path: {pathFault}.";
        }

        if (dialect is { Path: not null } && operation.Target is not null)
        {
            yield return $"target: in the dialect {dialect.Name} all requests go to one path.";
        }
        else if (dialect is { Path: null } && operation.Target is null)
        {
            yield return $"target: the dialect {dialect.Name} needs the path at the agency.";
        }
        else if (operation.Target is { } text)
        {
            var (target, targetFault) = PathTemplate.Parse(text);
            if (targetFault is not null)
            {
                yield return $"target: {targetFault}.";
            }

            foreach (var name in (target?.Parameters ?? []).Except(path?.Parameters ?? [], StringComparer.Ordinal))
            {
                yield return $"target: the path has no {{{name}}}.";
            }
        }
    }

    private static IEnumerable<string> Fields(string list, IReadOnlyList<string> fields) =>
        fields.Select(FieldTree.FaultIn).OfType<string>().Select(fault => $"{list}: a field path {fault}");

    /// <summary>A route whose grants could say nothing would be open or useless.</summary>
    private static IEnumerable<string> GrantPolicy(AnswerEntry answer)
    {
        if (answer.Fields.Count == 0)
        {
            yield return "answer: without fields no grant can allow anything.";
        }

        var names = answer.IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        foreach (var field in answer.Envelope.Intersect(answer.Fields, names))
        {
            yield return $"envelope: {field} cannot be both granted and part of every grant.";
        }
    }

    private static IEnumerable<string> Body(OperationEntry operation)
    {
        if (operation.Request.Fields.Count > 0 && operation.Methods.Contains(Get, StringComparer.Ordinal))
        {
            yield return "request: GET has no body, so it has no fields.";
        }
        else if (operation.Request.Fields.Count > 0 && operation.AgencyMethod == Get)
        {
            yield return "agencyMethod: GET has no body, and the request has fields.";
        }
    }

    private static IEnumerable<string> Envelope(OperationEntry operation, ForwardingDialect? dialect)
    {
        if (dialect is not { HasEnvelope: true })
        {
            yield break;
        }

        if (operation.Methods.Contains(Get, StringComparer.Ordinal))
        {
            yield return $"methods: the dialect {dialect.Name} takes POST only.";
        }
        else if (operation.Request.Fields.Count == 0)
        {
            yield return $"request: the dialect {dialect.Name} needs a body, so the request needs fields.";
        }

        if (operation.AgencyMethod == Get)
        {
            yield return $"agencyMethod: the dialect {dialect.Name} takes POST only.";
        }
    }

    /// <summary>What has an effect is answered again from what was kept, so the answer must be of a size that is kept.</summary>
    private static IEnumerable<string> Effect(OperationEntry operation)
    {
        if (!operation.Repeatable && operation.Limits.AnswerBytes > SharingOptions.SmallestHold)
        {
            yield return $"limits: an operation with an effect has answers of {SharingOptions.SmallestHold} bytes at most.";
        }

        if (!operation.Repeatable && operation.Methods.Contains(Get, StringComparer.Ordinal))
        {
            yield return "methods: GET has no effect.";
        }
    }

    /// <summary>The test is sent as a caller would send it, so it has to be something that a caller may send.</summary>
    private static IEnumerable<string> Test(OperationEntry operation, ForwardingDialect? dialect)
    {
        if (operation.Test is not { } test)
        {
            yield break;
        }

        if (!operation.Repeatable)
        {
            yield return "test: an operation with an effect is not tried.";
        }

        if (
            PathTemplate.Parse(operation.Path).Template is { } path
            && !(PathTemplate.Parse(test.Path).Template is { IsLiteral: true } && path.Matches(test.Path, out _))
        )
        {
            yield return "test: its path does not fit the path of the operation.";
        }

        var expected = operation.Request.Fields.Count > 0;
        if (expected != test.Body is not null)
        {
            yield return expected ? "test: it needs a body." : "test: the operation takes no body.";
        }
        else if (test.Body is { } body && dialect is not null && !MaySend(body, operation.Request.Fields, dialect.Body))
        {
            yield return "test: its body is not one that a caller may send.";
        }
    }

    private static bool MaySend(string body, IReadOnlyList<string> fields, WireFormat format) =>
        fields.Any(field => FieldTree.FaultIn(field) is not null)
        || RequestFields
            .Read(Encoding.UTF8.GetBytes(body), format, FieldTree.Parse(fields, ignoreCase: false))
            .Succeeded(out _, out _);
}
