using System.Diagnostics.CodeAnalysis;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Wire;

/// <summary>What was read from an answer, or the one failure that says why there is nothing to read.</summary>
internal readonly struct WireRead<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly AgencyFailure? _failure;

    /// <summary>What was read; an interface has no implicit conversion.</summary>
    public WireRead(T value)
        : this(value, failure: null) { }

    private WireRead(T? value, AgencyFailure? failure)
    {
        _value = value;
        _failure = failure;
    }

    /// <summary>True with the value; false with the failure.</summary>
    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out AgencyFailure? failure)
    {
        value = _value;
        failure = _failure;
        return failure is null;
    }

    /// <summary>The next reading step, when this one succeeded.</summary>
    public WireRead<TNext> Then<TNext>(Func<T, WireRead<TNext>> next)
        where TNext : notnull => Succeeded(out var value, out var failure) ? next(value) : failure;

    public static implicit operator WireRead<T>(T value) => new(value, failure: null);

    public static implicit operator WireRead<T>(AgencyFailure failure) => new(default, failure);
}
