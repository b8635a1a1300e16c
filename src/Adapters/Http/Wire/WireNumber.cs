using System.Globalization;

namespace Integration.Adapters.Http.Wire;

/// <summary>A number field as agencies send it: a JSON number or a text of digits.</summary>
internal static class WireNumber
{
    /// <summary>A plain decimal of 0 or more; null when the text is anything else.</summary>
    public static decimal? ParseAmount(string? text) =>
        decimal.TryParse(
            WireText.Clean(text),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var amount
        )
            ? amount
            : null;
}
