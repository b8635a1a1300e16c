using Microsoft.Net.Http.Headers;

namespace Integration.Gateway.Platform.Http;

/// <summary>
/// How a content type is read, in a header and in an attribute that names one (RFC 9110 section 8.3.1): names and charset without
/// regard to case, the charset with or without quotes, spaces around the semicolon, and no parameter but the charset.
/// </summary>
internal static class ContentTypes
{
    /// <summary>IANA's name and the spelling of many clients; ASCII is not said, so nothing else is UTF-8.</summary>
    private static readonly string[] s_utf8 = ["utf-8", "utf8"];

    /// <summary>What keeps a content type from being one of these types in UTF-8; null: nothing does.</summary>
    /// <param name="text">The header or attribute; null: there is none.</param>
    /// <param name="types">Without parameters.</param>
    public static ContentTypeFault? FaultIn(string? text, params ReadOnlySpan<string> types)
    {
        if (
            !MediaTypeHeaderValue.TryParse(text, out var media)
            || !types.Contains(media.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        )
        {
            return ContentTypeFault.OtherType;
        }

        foreach (var parameter in media.Parameters)
        {
            if (!parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase))
            {
                return ContentTypeFault.UnknownParameter;
            }

            if (!s_utf8.Contains(Unquoted(parameter), StringComparer.OrdinalIgnoreCase))
            {
                return ContentTypeFault.OtherCharset;
            }
        }

        return null;
    }

    /// <summary>One sentence for the sender; it repeats nothing that was sent.</summary>
    public static string Text(ContentTypeFault fault) =>
        fault switch
        {
            ContentTypeFault.OtherCharset => "The charset that is named is not UTF-8.",
            ContentTypeFault.UnknownParameter => "The content type has a parameter other than charset.",
            _ => "The content type is not one that is taken here.",
        };

    private static string? Unquoted(NameValueHeaderValue parameter) =>
        HeaderUtilities.UnescapeAsQuotedString(parameter.Value).Value;
}

/// <summary>What is wrong with a content type.</summary>
internal enum ContentTypeFault
{
    /// <summary>None, unreadable, or another.</summary>
    OtherType,

    /// <summary>The right type in a charset other than UTF-8.</summary>
    OtherCharset,

    /// <summary>The right type with a parameter that would not be acted on.</summary>
    UnknownParameter,
}
