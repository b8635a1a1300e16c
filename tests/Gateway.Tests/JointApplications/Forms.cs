using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Tests.Policy;
using Integration.Testing.World;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>Forms as the reader understands them, under the policy that ships.</summary>
internal static class Forms
{
    private static readonly PolicyEdition s_policy = PolicyBook
        .Open(PolicyFile.In(directory: null), Agencies.All)
        .InForce(SomeLegs.Now);

    /// <summary>The policy that ships.</summary>
    public static PolicyEdition Policy => s_policy;

    /// <summary>The form and its faults as <c>pointer code</c>.</summary>
    /// <param name="request">As it was sent.</param>
    /// <param name="policy">Null: the one that ships.</param>
    public static (JointForm? Form, IReadOnlyList<string> Faults) Read(
        JointApplicationRequest request,
        PolicyEdition? policy = null
    )
    {
        var faults = new FaultList();
        var form = new JointFormReader(request, policy ?? s_policy, SomeLegs.Now, faults).Read(wait: null);
        return (form, [.. faults.ToList().Select(fault => $"{fault.Pointer} {fault.Code}")]);
    }

    /// <summary>A transfer of these utilities' accounts.</summary>
    public static JointApplicationRequest Transfer(params IReadOnlyList<Utility> utilities)
    {
        var request = JointRequests.New(utilities);
        return request with
        {
            Purpose = "joint.transfer",
            Kind = JointKind.Transfer,
            Former = new FormerHolderInput
            {
                Holder = "旧户主",
                Accounts =
                [
                    .. utilities.Select(utility => new AccountInput { Utility = utility, Account = $"A-{utility}" }),
                ],
            },
        };
    }
}
