namespace Integration.Contracts.Identifiers;

/// <summary>Why a text is not the identifier it should be.</summary>
/// <param name="Code">A stable code, e.g. <c>length</c>, <c>character</c>, <c>checksum</c>, <c>birth-date</c>.</param>
/// <param name="Message">One sentence for the caller. It never repeats the text that was sent.</param>
public sealed record IdentifierFault(string Code, string Message);

/// <summary>The result of parsing: a value, or exactly one reason why there is none.</summary>
/// <typeparam name="T">The identifier.</typeparam>
public readonly record struct Parsed<T>
    where T : struct
{
    private readonly T _value;

    private Parsed(T value, IdentifierFault? fault)
    {
        _value = value;
        Fault = fault;
    }

    /// <summary>The reason, or null when the text was valid.</summary>
    public IdentifierFault? Fault { get; }

    /// <summary>Whether the text was valid.</summary>
    public bool IsValid => Fault is null;

    /// <summary>The identifier.</summary>
    /// <exception cref="InvalidOperationException">The text was not valid.</exception>
    public T Value => Fault is null ? _value : throw new InvalidOperationException(Fault.Message);

    /// <summary>The masked identifier, or the code of the fault.</summary>
    public override string ToString() => Fault?.Code ?? _value.ToString() ?? string.Empty;

    /// <summary>A valid identifier.</summary>
    public static implicit operator Parsed<T>(T value) => new(value, fault: null);

    /// <summary>A refusal.</summary>
    public static implicit operator Parsed<T>(IdentifierFault fault) => new(default, fault);
}
