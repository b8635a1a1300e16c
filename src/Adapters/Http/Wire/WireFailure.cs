using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Wire;

/// <summary>The failures of reading an answer. The codes are few: metrics carry them.</summary>
internal static class WireFailure
{
    private const int LongestAgencyCode = 8;

    /// <summary>Not UTF-8, or declared as something else (GBK, GB2312, UTF-16).</summary>
    public static readonly AgencyFailure Charset = Parse("charset");

    /// <summary>No bytes, or white space only.</summary>
    public static readonly AgencyFailure Empty = Parse("empty");

    /// <summary>An HTML page where data was agreed.</summary>
    public static readonly AgencyFailure Html = Parse("html");

    /// <summary>Not JSON, or not the JSON that was agreed.</summary>
    public static readonly AgencyFailure Json = Parse("json");

    /// <summary>Not XML, or not the XML that was agreed.</summary>
    public static readonly AgencyFailure Xml = Parse("xml");

    /// <summary>XML with a document type: never read, harmless declarations included.</summary>
    public static readonly AgencyFailure Dtd = Parse("dtd");

    /// <summary>Nested deeper than any answer that was agreed.</summary>
    public static readonly AgencyFailure Depth = Parse("depth");

    /// <summary>More bytes than allowed.</summary>
    public static readonly AgencyFailure TooLarge = AgencyFailures.TooLarge;

    /// <summary>A part of the answer's own structure is missing or is not what was agreed: the agency does not answer as it should.</summary>
    public static AgencyFailure Structure(string name) => Parse($"field-{name}");

    /// <summary>A field of one record is missing or is not what it should be: that question is unanswered, and it says nothing about the agency.</summary>
    public static AgencyFailure Field(string name) => AgencyFailures.UnreadableRecord(name);

    /// <summary>The answer is about another question.</summary>
    public static AgencyFailure Binding(string what) => new(FailureStage.Binding, FailureSide.Agency, what);

    /// <summary>The agency's envelope says that the call failed.</summary>
    public static AgencyFailure Envelope(string? agencyCode) =>
        new(FailureStage.Envelope, FailureSide.Agency, Bounded(agencyCode));

    /// <summary>The agency says that our credentials are not good: we have to do something.</summary>
    public static AgencyFailure Credentials(string? agencyCode) =>
        new(FailureStage.Authorisation, FailureSide.Gateway, Bounded(agencyCode));

    /// <summary>An agency may put anything into its code, a name included: only what looks like a code is kept.</summary>
    public static string Bounded(string? agencyCode) =>
        agencyCode is { Length: > 0 and <= LongestAgencyCode }
        && agencyCode.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && agencyCode.Any(char.IsAsciiDigit)
            ? $"code-{agencyCode}"
            : "code-unlisted";

    private static AgencyFailure Parse(string code) => AgencyFailures.Unreadable(code);
}
