using Integration.Gateway.Platform;

namespace Integration.Gateway.Notices;

/// <summary>
/// Numbers of notices that strictly rise on this node, also within a millisecond and when the clock is set back: two notices of
/// one commit arrive in the order in which they were put.
/// </summary>
internal sealed class NoticeIds(TimeProvider time)
{
    private const string Prefix = "ntc";
    private readonly Lock _gate = new();
    private string _last = string.Empty;

    public string Next()
    {
        lock (_gate)
        {
            var id = Identifiers.New(Prefix, time);
            return _last = string.CompareOrdinal(id, _last) > 0 ? id : After(_last);
        }
    }

    /// <summary>The next number in Crockford Base32; the 80 random bits leave room for all there will ever be.</summary>
    private static string After(string id) =>
        string.Create(
            id.Length,
            id,
            static (text, id) =>
            {
                id.CopyTo(text);
                for (var i = text.Length - 1; ; i--)
                {
                    var digit = Identifiers.Alphabet.IndexOf(text[i], StringComparison.Ordinal);
                    text[i] = Identifiers.Alphabet[(digit + 1) % Identifiers.Alphabet.Length];
                    if (digit + 1 < Identifiers.Alphabet.Length)
                    {
                        return;
                    }
                }
            }
        );
}
