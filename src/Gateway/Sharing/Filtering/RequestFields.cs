using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>A caller's body that holds allowed fields only. Rules: docs/spec/field-filter.md, "Requests".</summary>
internal sealed class RequestFields
{
    private readonly FieldTree _allowed;
    private readonly FieldValues _values;

    private RequestFields(FieldTree allowed, FieldValues values) => (_allowed, _values) = (allowed, values);

    /// <summary>Checks a body.</summary>
    /// <param name="body">As sent; at most 1 MiB, which the server sees to.</param>
    /// <param name="format">JSON, or an XML package (also where it will travel in an envelope).</param>
    /// <param name="allowed">The fields that may be sent.</param>
    /// <returns>The fields, or 400 with all faults.</returns>
    public static Result<RequestFields> Read(ReadOnlyMemory<byte> body, WireFormat format, FieldTree allowed)
    {
        var faults = new FaultList();
        var values = new FieldValues();
        if (format == WireFormat.Json)
        {
            JsonRequestWalk.Check(body.Span, allowed, faults, values);
        }
        else
        {
            XmlRequestWalk.Check(body.Span, allowed, faults, values);
        }

        return faults.IsEmpty ? new RequestFields(allowed, values) : Refusal.RequestInvalid(faults.ToList());
    }

    /// <summary>
    /// The text of the one single value at a path: a string without its escapes, a number, true or false as sent, an
    /// element's text. Null when there is none, when it is null, or when there are several.
    /// </summary>
    public string? ValueAt(string path)
    {
        var node = _allowed.Root;
        foreach (var name in path.Split('/'))
        {
            node = node?.Find(name) ?? (name.StartsWith('@') ? node?.FindAttribute(name.AsSpan(1)) : null);
        }

        return node is null ? null : _values.Only(node);
    }

    /// <summary>Holds personal data.</summary>
    public override string ToString() => nameof(RequestFields);
}

/// <summary>Single values by their field, as far as there is one of each.</summary>
internal sealed class FieldValues
{
    private readonly Dictionary<int, string?> _values = [];

    /// <summary>Whether a value was taken already: another one would make it ambiguous, and needs no text.</summary>
    public bool Has(FieldNode node) => _values.ContainsKey(node.Id);

    /// <summary>Keeps the first value; a second one makes both unusable.</summary>
    public void Add(FieldNode node, string? value) => _values[node.Id] = Has(node) ? null : value;

    public string? Only(FieldNode node) => _values.GetValueOrDefault(node.Id);
}
