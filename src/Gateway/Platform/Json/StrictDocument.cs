using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Platform.Json;

/// <summary>
/// Reads a JSON document whole or not at all, and lists everything that is wrong with it at once: first its structure, by the
/// type's metadata (unknown, repeated and null members, wrong types), then its meaning. Nothing is repaired, nothing is guessed.
/// </summary>
internal static class StrictDocument
{
    /// <summary>Reads, checks and understands a document.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="type">Its type; the metadata say what may stand where.</param>
    /// <param name="understand">
    /// Judges the meaning: adds faults and returns null, or returns what the document says. It also sees what is left of a
    /// document with structural faults; what it says of a part that was taken out is left out.
    /// </param>
    /// <returns>What the document says, or its faults: at most <see cref="FaultList.Longest"/>.</returns>
    public static (TResult? Result, IReadOnlyList<FieldFault> Faults) Read<T, TResult>(
        ReadOnlySpan<byte> utf8,
        JsonTypeInfo<T> type,
        Func<T, FaultList, TResult?> understand
    )
        where T : class
        where TResult : class
    {
        if (JsonSyntax.FirstFault(utf8) is { } syntaxFault)
        {
            return (null, [syntaxFault]);
        }

        var shape = BodyShape.For(type);
        var faults = new FaultList();
        BodyWalk.Check(utf8, shape, faults);
        if (!faults.IsEmpty)
        {
            JudgeRemainder(BodyWalk.Keep(utf8, shape), type, understand, faults);
            return (null, faults.ToList());
        }

        var result = understand(JsonSerializer.Deserialize(utf8, type)!, faults);
        return !faults.IsEmpty
            ? (null, faults.ToList())
            : (result ?? throw new InvalidOperationException($"No fault and no {typeof(TResult).Name}."), []);
    }

    private static void JudgeRemainder<T, TResult>(
        Remainder remainder,
        JsonTypeInfo<T> type,
        Func<T, FaultList, TResult?> understand,
        FaultList faults
    )
        where T : class
    {
        if (remainder.Body?.Deserialize(type) is not { } value)
        {
            return;
        }

        var faultsOfMeaning = new FaultList();
        understand(value, faultsOfMeaning);
        foreach (var fault in faultsOfMeaning.ToList())
        {
            if (remainder.AsSent(fault) is { } asSent)
            {
                faults.Add(asSent);
            }
        }
    }
}
