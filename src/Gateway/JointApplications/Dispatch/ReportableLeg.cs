using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>
/// A leg that the calling client may report on and take, under its own grants as they are now. Made by <see cref="StatusReceiver"/>.
/// </summary>
/// <param name="Own">What the client may have.</param>
/// <param name="LegId">The leg.</param>
/// <param name="Joint">Its joint application as it was read for the check.</param>
internal sealed record ReportableLeg(OwnLegs Own, LegId LegId, JointApplication Joint) : IPermission
{
    /// <summary>What was never handed over, or no grant of the client's own names, looks as if it did not exist.</summary>
    public static Refusal Absent { get; } = Refusal.NotFound("This leg");

    /// <inheritdoc />
    public IReadOnlyCollection<string> Scope => [];

    public override string ToString() => LegId.ToString();
}
