using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>What goes on record about one step of a leg.</summary>
/// <param name="Outcome">What happened; null: nothing worth a record, unless the leg moved.</param>
/// <param name="Detail">More, without values.</param>
internal sealed record LegFacts(string? Outcome, string? Detail = null)
{
    public static LegFacts None { get; } = new(Outcome: null);

    public string? Grants { get; init; }

    private CallTrace? Call { get; init; }

    private AgencyFailure? Failure { get; init; }

    /// <summary>The record of a call.</summary>
    public static LegFacts From<T>(Leg before, AgencyAnswer<T> answer, StepResult result)
        where T : class =>
        new(JsonNames.OfType(result.GetType().Name), JsonNames.From(before.Work))
        {
            Call = answer.Trace,
            Failure = answer switch
            {
                AgencyAnswer<T>.Refused refused => refused.Failure,
                AgencyAnswer<T>.Unanswered unanswered => unanswered.Failure,
                _ => null,
            },
        };

    /// <summary>The facts, given how the leg moved.</summary>
    public IReadOnlyList<JointFact> On(Utility utility, Leg before, Leg after)
    {
        var facts = new List<JointFact>();
        if (Outcome is { } outcome)
        {
            facts.Add(
                new JointFact(JsonNames.From(utility), outcome, Detail)
                {
                    Call = Call,
                    Failure = Failure,
                    Grants = Grants,
                }
            );
        }

        if (before.State != after.State)
        {
            facts.Add(new JointFact(JsonNames.From(utility), $"state {JsonNames.From(after.State)}"));
        }

        return facts;
    }
}
