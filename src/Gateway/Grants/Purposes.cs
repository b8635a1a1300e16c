using System.Collections.Frozen;

namespace Integration.Gateway.Grants;

/// <summary>What data may be asked for. A purpose outside this list is refused, in a request and in a grant.</summary>
internal static class Purposes
{
    public const string NewConnection = "electricity.new-connection";
    public const string CapacityIncrease = "electricity.capacity-increase";
    public const string Rename = "electricity.rename";
    public const string Transfer = "electricity.transfer";
    public const string CloseAccount = "electricity.close-account";
    public const string MultiResident = "electricity.multi-resident";
    public const string EnterpriseOpening = "enterprise.opening";
    public const string JointNew = "joint.new";
    public const string JointTransfer = "joint.transfer";

    public static FrozenSet<string> All { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal,
            NewConnection,
            CapacityIncrease,
            Rename,
            Transfer,
            CloseAccount,
            MultiResident,
            EnterpriseOpening,
            JointNew,
            JointTransfer
        );
}
