using System.Diagnostics.CodeAnalysis;

namespace Integration.Gateway.Platform.Problems;

/// <summary>A value, or the refusal the caller is told.</summary>
internal readonly struct Result<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Result(T? value, Refusal? refusal)
    {
        _value = value;
        _refusal = refusal;
    }

    /// <summary>Another request was faster: what was read is read and judged again.</summary>
    public bool IsConcurrencyConflict => _refusal is { IsConcurrencyConflict: true };

    public static implicit operator Result<T>(T value) => new(value, refusal: null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);

    /// <summary>True with the value, or false with the refusal; both branches are the compiler's to check.</summary>
    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = _value;
        refusal = _refusal;
        return _refusal is null;
    }
}
