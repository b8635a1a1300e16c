using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Model;

/// <summary>
/// A number far beyond every other of its stream is a fault of the sender, and believing it would make every later event late.
/// No event is that far ahead: it is not received. Pure.
/// </summary>
internal static class SequenceJumps
{
    /// <summary>So many numbers may be missing between an event and the one before it.</summary>
    public const int Largest = 100;

    public static Refusal Refusal { get; } =
        EventProblems.Invalid([
            new FieldFault(
                "/sequence",
                "too-far-ahead",
                $"More than {Largest} numbers are missing between this event and the one before it that is known here. "
                    + "Number the events of one enterprise, or of one property, from 1, and send the earlier ones first."
            ),
        ]);

    /// <summary>Whether a number follows this one closely enough to be believed.</summary>
    public static bool Follows(long number, long before) => number - before - 1 <= Largest;

    /// <summary>Those that follow neither a known number nor another one that does.</summary>
    public static IEnumerable<ReceivedEvent> In(IEnumerable<long> known, IEnumerable<ReceivedEvent> delivered)
    {
        var numbers = known
            .Select(number => (Number: number, Event: (ReceivedEvent?)null))
            .Concat(delivered.Select(received => (Number: received.Sequence!.Value, Event: (ReceivedEvent?)received)))
            .OrderBy(each => each.Number);
        var last = 0L;
        foreach (var (number, received) in numbers)
        {
            if (received is not null && !Follows(number, last))
            {
                yield return received;
            }
            else
            {
                last = number;
            }
        }
    }

    /// <summary>
    /// How far a stream has come when a number in it was believed that no event could have; the number itself when there
    /// is none such, or when the source does not count from 1.
    /// </summary>
    /// <param name="processed">The numbers of the stream that were processed.</param>
    /// <param name="last">The highest, as the stream remembers it.</param>
    public static long Believed(IEnumerable<long> processed, long last)
    {
        var believed = 0L;
        foreach (var number in processed.Append(last).Order())
        {
            if (!Follows(number, believed))
            {
                return believed == 0 ? last : believed;
            }

            believed = number;
        }

        return last;
    }
}
