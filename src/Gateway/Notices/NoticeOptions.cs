namespace Integration.Gateway.Notices;

/// <summary>Who is told what happens. Section <c>Gateway:Notices</c>.</summary>
internal sealed record NoticeOptions
{
    public const string Section = "Gateway:Notices";

    /// <summary>The CloudEvents <c>source</c> of every notice: a URI reference of 1 to 128 characters. Default <c>urn:integration:gateway</c>.</summary>
    public string Source { get; init; } = "urn:integration:gateway";

    /// <summary>How long a subscriber may take to answer, seconds. 1 to 5, default 5: a node that died is replaced within 10 s.</summary>
    public int TimeoutSeconds { get; init; } = 5;

    /// <summary>For how long a notice that gets no good answer is sent again, hours. 1 to 720, default 72; then it is a dead letter.</summary>
    public int GiveUpAfterHours { get; init; } = 72;

    /// <summary>How long a notice that was delivered or laid aside is kept, days. 7 to 3,660, default 366.</summary>
    public int KeepDays { get; init; } = 366;

    /// <summary>
    /// Notices that may wait for one subscriber before those that only repeat what its cases show are told once for each case.
    /// 1,000 to 1,000,000, default 10,000.
    /// </summary>
    public int MostWaiting { get; init; } = 10_000;

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

    /// <summary>References to secrets that are being replaced: notices are signed with them too. At most 3, default none.</summary>
    public IReadOnlyList<string> OlderSecrets { get; init; } = [];

    /// <summary>Whether notices are signed as CMS too, with the receipt key. Default false.</summary>
    public bool Cms { get; init; }

    public bool Wants(Notice notice) => notice.CallerId == Client;
}
