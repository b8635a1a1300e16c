using System.Globalization;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Utilities;

/// <summary>
/// The <c>Idempotency-Key</c> of each call about a leg. The order goes under the leg's own key; every other call that changes
/// something has a key of its own, so that none is taken for another, and the same one when it is sent again.
/// </summary>
internal static class CallKeys
{
    public const string Header = "Idempotency-Key";

    public static string Find(LegKey leg) => $"{leg.Key}:find";

    public static string Withdrawal(LegKey leg) => $"{leg.Key}:withdraw";

    public static string Statuses(LegKey leg) => $"{leg.Key}:statuses";

    /// <summary>A visit at another time is another question.</summary>
    public static string Visit(LegKey leg, VisitSlot slot) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{leg.Key}:visit:{slot.From.ToUnixTimeSeconds()}-{slot.Until.ToUnixTimeSeconds()}"
        );

    /// <summary>Takes away the attachments of earlier sendings.</summary>
    public static string Clearing(LegKey leg) => $"{leg.Key}:clear";

    /// <summary>Puts one attachment.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="name">The attachment's name, ASCII.</param>
    public static string Attachment(LegKey leg, string name) => $"{leg.Key}:attachment:{name}";
}
