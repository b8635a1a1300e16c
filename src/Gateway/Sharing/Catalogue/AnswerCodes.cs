namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>Where an agency writes its own code into an answer that is a success in HTTP, and what its codes mean.</summary>
/// <remarks>A code that is in no list means that the call failed at the agency.</remarks>
internal sealed record CodesEntry
{
    /// <summary>The field of the envelope in which the code stands.</summary>
    public required string Field { get; init; }

    /// <summary>The answer is one.</summary>
    public required IReadOnlyList<string> Success { get; init; }

    /// <summary>The agency has no such record: an answer too. Default none.</summary>
    public IReadOnlyList<string> NotFound { get; set; } = [];

    /// <summary>The agency does not do this for us. Default none.</summary>
    public IReadOnlyList<string> Refused { get; set; } = [];

    /// <summary>The agency is not well, and may be a little later: counts for its health, and is sent again. Default none.</summary>
    public IReadOnlyList<string> Temporary { get; set; } = [];

    /// <summary>All that are listed.</summary>
    public IEnumerable<string> All() => [.. Success, .. NotFound, .. Refused, .. Temporary];
}

/// <summary>A field of the answer that must equal a parameter of the question.</summary>
internal sealed record BindEntry
{
    /// <summary>Field path in the answer; the object or element that holds it is the record that is bound.</summary>
    public required string Field { get; init; }

    /// <summary>A field of the request's body, a name of its query, or a <c>{name}</c> of its path.</summary>
    public required string Parameter { get; init; }

    /// <summary>Whose normal form counts: <c>text</c> (default), <c>creditCode</c>, <c>residentId</c>, <c>unitNumber</c>, <c>titleNumber</c>, <c>name</c>.</summary>
    public string Kind { get; set; } = "text";
}
