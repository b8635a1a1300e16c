using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Evidence;

/// <summary>Something that is committed together with a step of somebody else's, or not at all.</summary>
/// <param name="Drafts">Its evidence.</param>
/// <param name="Rows">Its rows; as in <see cref="EvidenceLog.Seal"/> they may be made twice.</param>
internal sealed record CommitPart(IReadOnlyList<EvidenceDraft> Drafts, Action<GatewayDb> Rows)
{
    /// <summary>Nothing goes along.</summary>
    public static CommitPart None { get; } = new([], static _ => { });

    public static CommitPart operator +(CommitPart first, CommitPart then) =>
        new([.. first.Drafts, .. then.Drafts], first.Rows + then.Rows);
}
