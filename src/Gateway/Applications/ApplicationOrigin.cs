using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Cases;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Applications;

/// <summary>What led to an application that no caller sent: an event.</summary>
/// <param name="FirstTraceAt">When the work began outside, as far as is known.</param>
/// <param name="Alongside">What is committed together with the application.</param>
internal sealed record ApplicationOrigin(DateTimeOffset? FirstTraceAt, Func<Dossier, CommitPart> Alongside)
{
    /// <summary>The event, as its case sees it within the commit.</summary>
    public required Func<GatewayDb, AnsweredEvent> Answered { get; init; }

    /// <summary>The application whose place it takes in the case; taking that back is part of <see cref="Alongside"/>.</summary>
    public string? Replaces { get; init; }
}
