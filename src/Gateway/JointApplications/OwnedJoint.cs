using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Idempotency;

namespace Integration.Gateway.JointApplications;

/// <summary>A joint application on which its owner may act now. Made by <see cref="JointApplicationHandlers.CheckAsync"/>.</summary>
/// <param name="Joint">The joint application as it was read for the check.</param>
/// <param name="Granted">The grants.</param>
internal sealed record OwnedJoint(JointApplication Joint, GrantedRequest Granted) : IPermission
{
    /// <inheritdoc />
    public IReadOnlyCollection<string> Scope => Granted.Scope;

    public override string ToString() => nameof(OwnedJoint);
}
