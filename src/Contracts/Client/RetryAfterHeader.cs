using System.Globalization;
using System.Net.Http.Headers;

namespace Integration.Contracts.Client;

/// <summary>
/// What <c>Retry-After</c> says (RFC 9110, section 10.2.3), for every reader of it. <see cref="HttpResponseHeaders.RetryAfter"/>
/// knows no number above 2^31 and takes one for no answer at all.
/// </summary>
internal static class RetryAfterHeader
{
    private const string Name = "Retry-After";

    /// <summary>The pause that is asked for.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="now">The moment from which a date counts.</param>
    /// <param name="longest">The longest pause allowed, which anything longer means, however large its number.</param>
    /// <returns>Zero for a date that is over and for a negative number; null when nothing that can be read was said. Of several the longest.</returns>
    public static TimeSpan? Read(HttpResponseMessage answer, DateTimeOffset now, TimeSpan longest) =>
        answer.Headers.NonValidated.TryGetValues(Name, out var values)
            ? values.Select(value => Pause(value.Trim(), now, longest)).Max()
            : null;

    private static TimeSpan? Pause(string text, DateTimeOffset now, TimeSpan longest)
    {
        var digits = text.AsSpan().TrimStart('-');
        if (digits.Length > 0 && digits.Length >= text.Length - 1 && !digits.ContainsAnyExceptInRange('0', '9'))
        {
            return text[0] == '-' ? TimeSpan.Zero : Seconds(digits, longest);
        }

        return RetryConditionHeaderValue.TryParse(text, out var condition) && condition.Date is { } date
            ? Bounded(date - now, longest)
            : null;
    }

    private static TimeSpan Seconds(ReadOnlySpan<char> digits, TimeSpan longest) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < longest.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : longest;

    private static TimeSpan Bounded(TimeSpan pause, TimeSpan longest) =>
        pause < TimeSpan.Zero ? TimeSpan.Zero
        : pause > longest ? longest
        : pause;
}
