namespace Integration.Gateway.Events.Model;

/// <summary>What the events of a stream have come to.</summary>
internal enum StreamState
{
    /// <summary>Nothing was opened yet.</summary>
    New,
    Open,
    Withdrawn,
}
