namespace Integration.Gateway.Cases.Model;

/// <summary>Kinds of the timers of cases; stored.</summary>
internal static class CaseTimers
{
    /// <summary>A clock changes its colour; the key is that of the case.</summary>
    public const string Clock = "case-clock";

    /// <summary>A team's row of yellow clocks is full; the key is that of the team.</summary>
    public const string Team = "case-team";

    /// <summary>All cases are gone through.</summary>
    public const string Sweep = "case-sweep";
}
