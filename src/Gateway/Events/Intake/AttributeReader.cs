using System.Globalization;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Events.Intake;

/// <summary>Judges the attributes of one event (CloudEvents 1.0, sequence extension).</summary>
internal sealed class AttributeReader(EventSources sources, string signer, EventOptions options, DateTimeOffset now)
{
    private const int LongestId = 128;
    private const int LongestSequence = 18;
    private const string DataType = "application/json";

    /// <summary>The id, when it is sound and the event names the source that signed it.</summary>
    public string? EventId { get; private set; }

    /// <summary>Whether the event names a registered source that is not the one that signed it.</summary>
    public bool IsForeign { get; private set; }

    /// <summary>The sequence of an event without a fault; null: the source does not count.</summary>
    public static long? SequenceOf(EventInput input) =>
        input.Sequence is { } digits ? long.Parse(digits, CultureInfo.InvariantCulture) : null;

    public void Check(EventInput input, FaultList faults)
    {
        CheckText("/specversion", input.SpecVersion, "1.0", isNeeded: true, faults);
        var hasId = CheckId(input.Id, faults);
        if (CheckSource(input.Source, faults) && hasId)
        {
            EventId = input.Id;
        }

        CheckType(input.Type, faults);
        CheckTime(input.Time, faults);
        CheckContentType(input.DataContentType, faults);
        CheckText("/sequencetype", input.SequenceType, "Integer", isNeeded: false, faults);
        CheckSequence(input, faults);
    }

    private static bool CheckId(string? id, FaultList faults)
    {
        if (id is { Length: > 0 and <= LongestId } && id.All(letter => letter is > ' ' and <= '~'))
        {
            return true;
        }

        faults.Add("/id", id is null ? "missing" : "pattern", "An id has 1 to 128 visible ASCII characters.");
        return false;
    }

    private bool CheckSource(string? source, FaultList faults)
    {
        if (source == signer)
        {
            return true;
        }

        IsForeign = source is not null && sources.Find(source) is not null;
        if (!IsForeign)
        {
            faults.Add(
                "/source",
                source is null ? "missing" : "unknown-value",
                "The name under which the sending system is registered is expected."
            );
        }

        return false;
    }

    private static void CheckType(string? type, FaultList faults)
    {
        if (type is null || !EventTypes.All.Contains(type, StringComparer.Ordinal))
        {
            faults.Add(
                "/type",
                type is null ? "missing" : "unknown-value",
                $"One of {string.Join(", ", EventTypes.All)} is expected."
            );
        }
    }

    private void CheckTime(DateTimeOffset? time, FaultList faults)
    {
        if (time is not { } moment)
        {
            faults.Add("/time", "missing", "The time at which it happened is needed.");
        }
        else if (moment > now.AddMinutes(options.ClockSkewMinutes))
        {
            faults.Add("/time", "in-the-future", "The time lies in the future; compare the clocks.");
        }
        else if (moment < now.AddDays(-options.OldestDays))
        {
            faults.Add(
                "/time",
                "too-old",
                $"An event that comes for the first time is {options.OldestDays} days old at most."
            );
        }
    }

    private static void CheckText(string pointer, string? value, string expected, bool isNeeded, FaultList faults)
    {
        if (value is null ? isNeeded : !value.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(pointer, value is null ? "missing" : "unknown-value", $"{expected} is expected.");
        }
    }

    /// <summary>Of the data; left out, they are what the message is (CloudEvents 1.0, datacontenttype).</summary>
    private static void CheckContentType(string? type, FaultList faults)
    {
        if (type is not null && ContentTypes.FaultIn(type, DataType) is { } fault)
        {
            faults.Add(
                "/datacontenttype",
                "unknown-value",
                $"{ContentTypes.Text(fault)} {DataType} in UTF-8 is expected, with or without charset=utf-8."
            );
        }
    }

    private static void CheckSequence(EventInput input, FaultList faults)
    {
        if (input.Sequence is not { } digits)
        {
            if (input.SequenceType is not null)
            {
                faults.Add("/sequence", "missing", "A sequence type goes with a sequence.");
            }
        }
        else if (
            digits.Length is 0 or > LongestSequence
            || !digits.All(char.IsAsciiDigit)
            || digits.All(digit => digit == '0')
        )
        {
            faults.Add("/sequence", "pattern", "1 to 18 digits are expected, more than 0.");
        }
    }
}
