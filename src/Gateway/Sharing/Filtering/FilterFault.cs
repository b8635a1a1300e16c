namespace Integration.Gateway.Sharing.Filtering;

/// <summary>Bounds of what is held of an answer at once.</summary>
internal sealed record FilterLimits
{
    /// <summary>Containers (objects, arrays, elements) inside one another. 32 by default, as the adapters allow.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Bytes of one name, string, number, text or tag. 256 KiB by default.</summary>
    public int MaxTokenBytes { get; init; } = 256 * 1024;
}

/// <summary>Why an answer is refused.</summary>
internal enum FilterFaultKind
{
    /// <summary>Not what was agreed: syntax, a document type, another root, a bare value.</summary>
    Malformed,

    /// <summary>More containers inside one another than <see cref="FilterLimits.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>A token beyond <see cref="FilterLimits.MaxTokenBytes"/>.</summary>
    TokenTooLarge,

    /// <summary>A granted name twice in one object: which one holds cannot be told.</summary>
    DuplicateField,

    /// <summary>Not UTF-8, or XML that declares another encoding.</summary>
    NotUtf8,

    /// <summary>Something follows the document.</summary>
    Trailing,

    /// <summary>A SOAP fault: the agency said no.</summary>
    Fault,

    /// <summary>No bytes, or white space only.</summary>
    Empty,

    /// <summary>A record that is about another subject than the one asked for, or does not say about which.</summary>
    Unbound,
}

/// <summary>Why an answer was not filtered. What was written of it until then must not be used.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Code">Stable and from a closed list, for metrics and evidence; nothing of the answer.</param>
internal sealed record FilterFault(FilterFaultKind Kind, string Code)
{
    public static readonly FilterFault Json = new(FilterFaultKind.Malformed, "json");
    public static readonly FilterFault Xml = new(FilterFaultKind.Malformed, "xml");
    public static readonly FilterFault Dtd = new(FilterFaultKind.Malformed, "dtd");
    public static readonly FilterFault Root = new(FilterFaultKind.Malformed, "root");
    public static readonly FilterFault Soap = new(FilterFaultKind.Malformed, "soap");
    public static readonly FilterFault SoapFault = new(FilterFaultKind.Fault, "soap-fault");
    public static readonly FilterFault Depth = new(FilterFaultKind.TooDeep, "depth");
    public static readonly FilterFault Token = new(FilterFaultKind.TokenTooLarge, "token");
    public static readonly FilterFault Names = new(FilterFaultKind.TokenTooLarge, "names");
    public static readonly FilterFault Duplicate = new(FilterFaultKind.DuplicateField, "duplicate-field");
    public static readonly FilterFault Charset = new(FilterFaultKind.NotUtf8, "charset");
    public static readonly FilterFault TrailingData = new(FilterFaultKind.Trailing, "trailing");
    public static readonly FilterFault Unbound = new(FilterFaultKind.Unbound, "unbound");
    public static readonly FilterFault Nothing = new(FilterFaultKind.Empty, "empty");
}
