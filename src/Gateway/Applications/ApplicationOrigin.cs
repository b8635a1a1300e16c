using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Applications;

/// <summary>What led to an application that no caller sent: an event.</summary>
/// <param name="ApplicationId">The number that the application gets (<see cref="ApplyHandler.NewId"/>).</param>
/// <param name="FirstTraceAt">When the work began outside, as far as is known.</param>
/// <param name="Event">The event's own part of the commit, which names the application.</param>
/// <param name="Answered">The event, as its case sees it within the commit.</param>
internal sealed record ApplicationOrigin(
    string ApplicationId,
    DateTimeOffset? FirstTraceAt,
    UnitOfWork Event,
    ICommitRead<AnsweredEvent> Answered
)
{
    /// <summary>The application whose place it takes in the case; taking that back is part of <see cref="Event"/>.</summary>
    public string? Replaces { get; init; }
}
