using Integration.Contracts.Identifiers;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Platform.Json;

/// <summary>The faults of one request, in the order found. At most <see cref="Longest"/> are kept.</summary>
internal sealed class FaultList
{
    /// <summary>More faults than this help no caller and would let a small request buy a large answer.</summary>
    public const int Longest = 100;

    private readonly List<FieldFault> _faults = [];

    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Adds a fault.</summary>
    /// <param name="pointer">JSON Pointer into the body, or <c>header:name</c>, <c>path:name</c>.</param>
    /// <param name="code">A stable code.</param>
    /// <param name="message">One sentence that never repeats what was sent.</param>
    public void Add(string pointer, string code, string message) => Add(new FieldFault(pointer, code, message));

    public void Add(FieldFault fault)
    {
        if (_faults.Count < Longest)
        {
            _faults.Add(fault);
        }
        else if (_faults.Count == Longest)
        {
            _faults.Add(new FieldFault(string.Empty, "too-many-faults", "Only the first 100 faults are listed."));
        }
    }

    /// <summary>The identifier, or null and a fault at the pointer.</summary>
    public T? Read<T>(string pointer, Parsed<T> parsed)
        where T : struct
    {
        if (parsed.Fault is not { } fault)
        {
            return parsed.Value;
        }

        Add(pointer, fault.Code, fault.Message);
        return null;
    }

    public IReadOnlyList<FieldFault> ToList() => _faults;
}
