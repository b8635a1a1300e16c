namespace Integration.Gateway.Events.Model;

/// <summary>How deliveries stand on record.</summary>
internal static class EventRecords
{
    public const string Received = "received";
    public const string DeliveredAgain = "delivered-again";
    public const string Conflict = "conflict";
}
