namespace Integration.Gateway.Notices;

/// <summary>Who is told what happens. Section <c>Gateway:Notices</c>.</summary>
internal sealed record NoticeOptions
{
    public const string Section = "Gateway:Notices";

    /// <summary>Systems with a web-hook; default none.</summary>
    public IReadOnlyList<SubscriberOptions> Subscribers { get; init; } = [];
}

/// <summary>One system with a web-hook.</summary>
internal sealed record SubscriberOptions
{
    /// <summary>1 to 32 of <c>a-z 0-9 -</c>; unique.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The client whose cases it is told about.</summary>
    public string Client { get; init; } = string.Empty;

    /// <summary>Where notices go; https, or http on loopback.</summary>
    public Uri? Address { get; init; }

    /// <summary>Reference to the shared secret of the Standard Webhooks signature (<c>whsec_…</c>, 24 to 64 bytes in Base64).</summary>
    public string Secret { get; init; } = string.Empty;

    /// <summary>Whether notices are signed as CMS too, with the receipt key. Default false.</summary>
    public bool Cms { get; init; }

    public bool Wants(Notice notice) => notice.CallerId == Client;
}
