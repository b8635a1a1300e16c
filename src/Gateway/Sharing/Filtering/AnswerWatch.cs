using System.Text;
using System.Text.Json;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// What is looked at of an answer while it is filtered: the agency's own code, and whether each record is about the subject that was asked
/// for. Until a record has named its subject nothing of it may leave (<see cref="SafeBytes"/>). For one answer; not for several threads.
/// </summary>
/// <param name="bound">What each field must equal, by the index that the tree gave it; null: that parameter was not asked with.</param>
internal sealed class AnswerWatch(IReadOnlyList<BoundValue?> bound)
{
    /// <summary>The index of the agency's code among the watched fields; bound fields follow it.</summary>
    public const int CodeIndex = 0;

    /// <summary>An answer of which nothing is looked at.</summary>
    public static AnswerWatch Nothing => new([]);

    private readonly Stack<OpenRecord> _open = new();

    /// <summary>The agency's code as text; null when there was none.</summary>
    public string? Code { get; private set; }

    /// <summary>The first bound field at which a record is about another subject, or lacks it; null: none.</summary>
    public string? Unbound { get; private set; }

    /// <summary>Whether records are bound at all.</summary>
    public bool Binds { get; } = bound.Any(value => value is not null);

    /// <summary>Whether a record has named the subject that was asked for.</summary>
    public bool HasBound { get; private set; }

    /// <summary>How much of the output is of records that have named their subject; null: all of it.</summary>
    public long? SafeBytes => _open.Where(record => record.Missing != 0).Select(record => (long?)record.Begin).Min();

    /// <summary>A record begins.</summary>
    /// <param name="node">Its field.</param>
    /// <param name="begin">How much of the output was written before it.</param>
    public void Enter(FieldNode node, long begin)
    {
        var missing = 0;
        foreach (var index in node.Binds)
        {
            missing |= bound[index - 1] is null ? 0 : 1 << index;
        }

        _open.Push(new OpenRecord(begin, missing));
    }

    /// <summary>The record that began last ends.</summary>
    /// <param name="hasContent">Whether anything of it would leave: an empty record is about nothing.</param>
    public void Leave(bool hasContent)
    {
        var missing = _open.Pop().Missing;
        if (missing != 0 && hasContent)
        {
            Unbound ??= bound[System.Numerics.BitOperations.TrailingZeroCount(missing) - 1]!.Name;
        }
    }

    /// <summary>A value at a watched field.</summary>
    /// <param name="node">The field.</param>
    /// <param name="text">The value as text; one without content names nothing.</param>
    public void See(FieldNode node, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        foreach (var index in node.Watched)
        {
            if (index == CodeIndex)
            {
                Code = Code is null || Code == text.Trim() ? text.Trim() : string.Empty;
            }
            else if (bound[index - 1] is { } expected)
            {
                if (!expected.IsAsked(text))
                {
                    Unbound ??= expected.Name;
                    return;
                }

                if (_open.TryPop(out var record))
                {
                    record = record with { Missing = record.Missing & ~(1 << index) };
                    HasBound |= record.Missing == 0;
                    _open.Push(record);
                }
            }
        }
    }

    /// <summary>A value at a watched field, on which a reader of JSON stands; null names nothing.</summary>
    public FilterFault? See(FieldNode node, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.ValueIsEscaped && !JsonEscapes.ArePaired(reader.ValueSpan))
        {
            return FilterFault.Json;
        }

        See(
            node,
            reader.TokenType == JsonTokenType.String ? reader.GetString() : Encoding.ASCII.GetString(reader.ValueSpan)
        );
        return Unbound is null ? null : FilterFault.Unbound;
    }

    private sealed record OpenRecord(long Begin, int Missing);
}

/// <summary>What a field of the answer must equal.</summary>
/// <param name="Name">The field's last name, for evidence.</param>
/// <param name="Kind">Whose normal form counts.</param>
/// <param name="Asked">The value that was asked with, in normal form.</param>
internal sealed record BoundValue(string Name, BoundKind Kind, string Asked)
{
    /// <summary>Whether a value of the answer is the one that was asked with.</summary>
    public bool IsAsked(string text) => Kind.Normalise(text) == Asked;

    /// <summary>Holds personal data.</summary>
    public override string ToString() => nameof(BoundValue);
}
