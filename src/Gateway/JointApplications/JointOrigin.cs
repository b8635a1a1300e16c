using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Notices;

namespace Integration.Gateway.JointApplications;

/// <summary>What led to a joint application that no caller sent: an event.</summary>
/// <param name="JointId">The number that the joint application gets (<see cref="OpenHandler.NewId"/>).</param>
/// <param name="ReceiptId">Receipt of the event.</param>
/// <param name="EventType">Its type.</param>
/// <param name="PartAsync">
/// The event's own part of the commit, which names the joint application; made for each attempt, because what it changes may have been
/// changed by another request.
/// </param>
internal sealed record JointOrigin(string JointId, string ReceiptId, string EventType, Func<Task<UnitOfWork>> PartAsync)
{
    /// <summary>The office did not ask for it, so it is told, and how much it has to bring.</summary>
    public Notice NoticeOf(JointApplication opened) =>
        JointNotice.Create(
            opened,
            NoticeTypes.JointOpened,
            opened.OpenedAt,
            ("receiptId", ReceiptId),
            ("event", EventType),
            ("utilities", JointNotice.Names(opened.Legs.Select(leg => leg.Utility))),
            ("held", JointNotice.Names(opened.Legs.Where(leg => leg.WakeAt is null).Select(leg => leg.Utility)))
        );
}
