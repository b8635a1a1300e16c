namespace Integration.Gateway.Events.Model;

/// <summary>What came of an event.</summary>
/// <param name="Result">One of <see cref="EventResults"/>.</param>
/// <param name="State">Where the stream stands from now on.</param>
/// <param name="ApplicationId">The application in force, of a transfer the joint one; null: none.</param>
internal sealed record EventDone(string Result, StreamState State, string? ApplicationId);

/// <summary>The published results of events (docs/events.md).</summary>
internal static class EventResults
{
    /// <summary>An application was opened.</summary>
    public const string Accepted = "accepted";

    /// <summary>The enterprise was changed; its application was opened anew with what is true now.</summary>
    public const string Changed = "changed";

    /// <summary>A change that makes no difference to the application; it stands on record.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>The application was taken back.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>It was withdrawn before anything was opened; nothing will be opened by what came before.</summary>
    public const string WithdrawnBeforeOpened = "withdrawn-before-opened";

    /// <summary>A change after the withdrawal; it stands on record.</summary>
    public const string AfterWithdrawal = "after-withdrawal";

    /// <summary>A later event of the enterprise was processed already; it stands on record.</summary>
    public const string Late = "late";

    /// <summary>No utility is wanted; no more than the receipt is kept.</summary>
    public const string NothingRequested = "nothing-requested";

    /// <summary>It cannot become an application; the office was told which fields are wrong.</summary>
    public const string NeedsReview = "needs-review";

    /// <summary>Utilities are wanted, but no electricity; nothing is opened here.</summary>
    public const string NoElectricity = "no-electricity";

    /// <summary>The new holder has an open joint application for this property; that one stands.</summary>
    public const string AlreadyOpen = "already-open";
}
