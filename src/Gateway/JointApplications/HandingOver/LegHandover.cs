using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.JointApplications.Form;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.JointApplications.HandingOver;

/// <summary>What the provider that is called gets, judged at the moment at which it gets it.</summary>
internal sealed class LegHandover(JointBook book, CallerDirectory callers, PolicyBook policies, TimeProvider time)
{
    /// <summary>The order of a leg; 403: its receiver may have no leg (any more).</summary>
    public async Task<Result<HandedOrder>> OrderOf(JointFile file, Leg leg, CancellationToken cancellationToken)
    {
        var recipients = new RecipientGrants(callers.Current, file.Purpose, time.GetUtcNow());
        if (recipients.Of(leg.Utility) is not { } allowance)
        {
            return Refusal.NotGranted($"Rule service: no client of {JsonNames.Of(leg.Utility)} has the grant legs.");
        }

        var form = await Reread(file, cancellationToken);
        return new HandedOrder(LegOrders.Of(file, leg, form, allowance), allowance.Text);
    }

    /// <summary>The form as it was understood when it came, under the policy of that day.</summary>
    public async Task<JointForm> Reread(JointFile file, CancellationToken cancellationToken) =>
        Reread(
            file,
            await book.Form(file.JointId, cancellationToken)
                ?? throw new InvalidOperationException("A joint application is never deleted while it is worked on.")
        );

    /// <inheritdoc cref="Reread(JointFile, CancellationToken)" />
    public JointForm Reread(JointFile file, JointApplicationRequest request) =>
        new JointFormReader(request, policies.Version(file.PolicyVersion), time.GetUtcNow(), new FaultList()).Read(
            wait: null
        )
        ?? throw new InvalidOperationException("A stored form cannot be understood under its own policy.");

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
                    Problem = "receiver-not-granted",
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
