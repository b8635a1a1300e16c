using System.Globalization;
using System.Text.Json.Nodes;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Platform.Json;

/// <summary>
/// What is left of a body when its structural faults are taken out, and what was taken out: a fault that only exists
/// because we took something out is not the caller's.
/// </summary>
internal sealed class Remainder
{
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _elements = new(StringComparer.Ordinal);

    /// <summary>Null when nothing can be kept.</summary>
    public JsonNode? Body { get; set; }

    public void DropMember(string parent, string member)
    {
        _parents.Add(parent);
        _members.Add(member);
    }

    public void DropElement(string array, int index)
    {
        _parents.Add(array);
        if (!_elements.TryGetValue(array, out var dropped))
        {
            _elements[array] = dropped = [];
        }

        dropped.Add(index);
    }

    /// <summary>The fault in terms of the body as sent, or null when it comes from what was taken out.</summary>
    public FieldFault? AsSent(FieldFault fault)
    {
        if (!fault.Pointer.StartsWith('/'))
        {
            return fault.Pointer.Length == 0 && _parents.Contains(string.Empty) ? null : fault;
        }

        var pointer = string.Empty;
        foreach (var step in fault.Pointer.Split('/').Skip(1))
        {
            pointer = $"{pointer}/{Original(pointer, step)}";
            if (_members.Contains(pointer))
            {
                return null;
            }
        }

        return _parents.Contains(pointer) ? null : fault with { Pointer = pointer };
    }

    private string Original(string array, string step)
    {
        if (
            !_elements.TryGetValue(array, out var dropped)
            || !int.TryParse(step, CultureInfo.InvariantCulture, out var index)
        )
        {
            return step;
        }

        foreach (var gap in dropped)
        {
            if (gap <= index)
            {
                index++;
            }
        }

        return index.ToString(CultureInfo.InvariantCulture);
    }
}
