using System.ComponentModel.DataAnnotations;

namespace Integration.Gateway.Sharing;

/// <summary>The sharing plane. Section <c>Gateway:Sharing</c>.</summary>
internal sealed record SharingOptions
{
    public const string Section = "Gateway:Sharing";

    /// <summary>Bytes; an operation with an effect never answers more, so that its answer can always be kept.</summary>
    public const int SmallestHold = 64 * 1024;

    /// <summary>Path of the service catalogue (docs/spec/catalogue.md). Default none: nothing is shared.</summary>
    public string? Catalogue { get; init; }

    /// <summary>
    /// An answer up to this size is held until its evidence is committed, with the digest of the whole answer in it; a larger one
    /// begins to leave after a first record and gets a second one at its end. Bytes, default 64 KiB; it is also the memory
    /// that one large answer takes.
    /// </summary>
    [Range(SmallestHold, 1024 * 1024)]
    public int HoldBytes { get; init; } = SmallestHold;

    /// <summary>How long a streaming answer may stand still, on either side, seconds. Default 10.</summary>
    [Range(1, 120)]
    public int StallSeconds { get; init; } = 10;

    /// <summary>How often agencies with a probe path are probed, seconds. Default 15.</summary>
    [Range(1, 3600)]
    public int ProbeSeconds { get; init; } = 15;

    /// <summary>How long an address that failed is left alone, seconds. Default 10.</summary>
    [Range(1, 3600)]
    public int RestSeconds { get; init; } = 10;
}
