using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Statuses;

/// <summary>
/// A leg that the calling client may report on and take, under its own grants as they are now. made by <see cref="ReceiveStatuses"/>.
/// </summary>
internal sealed record ReportableLeg(OwnLegs Own, string LegId) : IPermission
{
    /// <summary>What was never handed over, or no grant of the client's own names, looks as if it did not exist.</summary>
    public static Refusal Absent { get; } = Refusal.NotFound("This leg");

    /// <inheritdoc />
    public IReadOnlyCollection<string> Scope => [];

    public override string ToString() => LegId;
}
