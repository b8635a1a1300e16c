namespace Integration.Gateway.JointApplications.Model;

/// <summary>The kinds of timers that go with a joint application; stored, so they keep their spelling.</summary>
internal static class JointTimers
{
    /// <summary>A leg has work to be done; its key is the leg's number.</summary>
    public const string Leg = "leg";

    /// <summary>A clock changes its colour; its key is the joint application's number.</summary>
    public const string Deadline = "joint-clock";

    /// <summary>Proofs without an answer are asked for again; its key is the joint application's number.</summary>
    public const string ProofRecheck = "joint-proofs";
}
