using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Applications;

/// <summary>What led to an application that no caller sent: an event.</summary>
/// <param name="FirstTraceAt">When the work began outside, as far as is known.</param>
/// <param name="Alongside">Rows that are committed together with the application.</param>
internal sealed record ApplicationOrigin(DateTimeOffset? FirstTraceAt, Func<Dossier, Action<GatewayDb>> Alongside);
