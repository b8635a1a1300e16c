using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.Identifiers.Folding;

namespace Integration.Adapters.Http.Wire;

/// <summary>Holders that a register writes into one field, with the codes in another.</summary>
internal static class WireHolders
{
    private const string Between = "、，,；;^|/\n";
    private const string Opening = "(（[【〔《“";
    private const string Closing = ")）]】〕》”";

    /// <summary>
    /// The holders in the order written. As many codes as names: one each. Otherwise no holder of several has a code of its own, and one name that
    /// holds a separator may be one party's: it stands for itself with the code too.
    /// </summary>
    /// <returns>Null when a name cannot be read, or there is none.</returns>
    public static IReadOnlyList<TitleHolder>? Read(string? names, string? codes)
    {
        var readNames = Split(WireText.Clean(names)).Select(PartyName.Parse).ToArray();
        if (readNames.Length == 0 || readNames.Any(name => !name.IsValid))
        {
            return null;
        }

        var readCodes = Split(WireText.Clean(codes)).Select(WirePartyCode.Normalise).ToArray();
        if (readNames.Length == readCodes.Length)
        {
            return [.. readNames.Zip(readCodes, (name, code) => new TitleHolder(name.Value, code))];
        }

        if (readNames is [var only])
        {
            return [new TitleHolder(only.Value, Code: null)];
        }

        var each = readNames.Select(name => new TitleHolder(name.Value, Code: null));
        return readCodes is [{ } code] && PartyName.Parse(names) is { IsValid: true, Value: var whole }
            ? [.. each, new TitleHolder(whole, code)]
            : [.. each];
    }

    /// <summary>The parts of a list, without a look into brackets: a company's name may have a list in them.</summary>
    public static IReadOnlyList<string> Split(string? text)
    {
        var parts = new List<string>();
        var (from, depth) = (0, 0);
        text ??= string.Empty;
        for (var at = 0; at < text.Length; at++)
        {
            depth += Opening.Contains(text[at], StringComparison.Ordinal) ? 1 : 0;
            depth -= Closing.Contains(text[at], StringComparison.Ordinal) && depth > 0 ? 1 : 0;
            if (depth == 0 && Between.Contains(text[at], StringComparison.Ordinal))
            {
                parts.Add(text[from..at]);
                from = at + 1;
            }
        }

        parts.Add(text[from..]);
        return [.. parts.Select(part => part.Trim()).Where(part => part.Length > 0)];
    }

    /// <summary>Whether a text says that there is nothing: empty, or a sign for it.</summary>
    public static bool IsNothing(string? text) =>
        WireText.Clean(text) is not { } sent
        || CharacterFolding.Compatible(sent).Trim()
            is "无"
                or "/"
                or "//"
                or "-"
                or "--"
                or "—"
                or "——"
                or "空"
                or "暂无";
}
