namespace Integration.Gateway.Applications.Model;

/// <summary>Kinds of the timers that applications set; stored.</summary>
internal static class ApplicationTimers
{
    /// <summary>Open checks are repeated, or a promise ends; the key is the application's number.</summary>
    public const string Recheck = "application-recheck";
}
