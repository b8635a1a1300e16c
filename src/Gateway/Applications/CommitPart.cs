using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Applications;

/// <summary>Something that is committed together with a step of an application, or not at all.</summary>
/// <param name="Drafts">Its evidence.</param>
/// <param name="Rows">Its rows; as in <see cref="EvidenceLog.Seal"/> they may be made twice.</param>
internal sealed record CommitPart(IReadOnlyList<EvidenceDraft> Drafts, Action<GatewayDb> Rows)
{
    public static CommitPart operator +(CommitPart first, CommitPart then) =>
        new([.. first.Drafts, .. then.Drafts], first.Rows + then.Rows);
}
