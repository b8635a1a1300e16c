using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>What the provider that is called gets, judged at the moment at which it gets it.</summary>
internal sealed class LegHandover(
    JointApplicationStore store,
    CallerDirectory callers,
    PolicyBook policies,
    TimeProvider time
)
{
    /// <summary>The order of a leg for its receiver.</summary>
    /// <returns>The order; 403: its receiver may have no leg (any more).</returns>
    public Result<HandedOrder> OrderOf(JointApplication joint, Leg leg)
    {
        var recipients = new RecipientGrants(callers.Current, joint.Purpose, time.GetUtcNow());
        return recipients.For(leg.Utility) is { } allowance
            ? OrderOf(joint, leg, allowance)
            : Refusal.NotGranted($"Rule service: no client of {JsonNames.From(leg.Utility)} has the grant legs.");
    }

    /// <summary>The order of a leg for a client that may have it.</summary>
    public HandedOrder OrderOf(JointApplication joint, Leg leg, Allowance allowance)
    {
        var form = JointFormReader.Reread(store.FormOf(joint), policies.Version(joint.PolicyVersion), time.GetUtcNow());
        return new HandedOrder(LegOrders.Create(joint, leg, form, allowance), allowance.Text);
    }

    /// <summary>A leg whose receiver may not have it.</summary>
    public static Leg Held(Leg leg) =>
        leg with
        {
            Work = LegWork.Hold,
            WakeAt = null,
            Problems =
            [
                .. leg.Problems,
                new LegProblem
                {
                    Problem = LegProblems.ReceiverNotGranted,
                    Text = "No client of this utility has the grant legs.",
                    Since = leg.Since,
                },
            ],
        };
}

/// <summary>What is handed over, and under which grants.</summary>
internal sealed record HandedOrder(LegOrder Order, string Grants)
{
    /// <summary>Evidence numbers of the proofs handed over.</summary>
    public IReadOnlyList<string> Proofs => [.. Order.Proofs.Select(proof => proof.EvidenceId)];

    /// <summary>Names of what was handed over, for evidence; no values.</summary>
    public IReadOnlyList<string> FieldNames => [.. Order.Fields.Keys, .. Order.Proofs.Select(proof => proof.Check)];

    /// <summary>The same, separated by commas.</summary>
    public string Names => string.Join(',', FieldNames);

    public override string ToString() => nameof(HandedOrder);
}
