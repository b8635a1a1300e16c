using System.Text;
using Integration.Contracts.Identifiers;

namespace Integration.Fuzzing.Targets;

/// <summary>Numbers and names as people write them. The normal form of a normal form is itself.</summary>
internal static class IdentifierTarget
{
    public static void Read(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        Stable(text, ResidentId.Parse, id => id.Value);
        Stable(text, CreditCode.Parse, code => code.Value);
        Stable(text, TitleNumber.Parse, number => number.Value);
        Stable(text, UnitNumber.Parse, number => number.Value);
        Stable(text, LicenceIdentifier.Parse, identifier => identifier.Value);
        Stable(text, PartyName.Parse, name => name.Value);
    }

    private static void Stable<T>(string text, Func<string?, Parsed<T>> parse, Func<T, string> value)
        where T : struct
    {
        var parsed = parse(text);
        if (parsed.Fault is { } fault)
        {
            if (fault.Code.Length == 0 || fault.Message.Length == 0)
            {
                throw new FuzzFinding($"a fault of {typeof(T).Name} without a code or without words");
            }

            return;
        }

        var again = parse(value(parsed.Value));
        if (!again.IsValid || !again.Value.Equals(parsed.Value) || value(again.Value) != value(parsed.Value))
        {
            throw new FuzzFinding($"the normal form of {typeof(T).Name} is not its own normal form");
        }
    }
}
