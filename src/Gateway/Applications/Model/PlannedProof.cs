using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Applications.Model;

/// <summary>One proof that this application needs.</summary>
/// <param name="Key">Its name; with a number after a dot when there is one for each member.</param>
/// <param name="Policy">What the policy says of it.</param>
/// <param name="Check">The question that may satisfy it; null when there is none to ask.</param>
/// <param name="IsGiven">Whether the request points to it.</param>
internal sealed record PlannedProof(string Key, ProofPolicy Policy, PlannedCheck? Check, bool IsGiven);
