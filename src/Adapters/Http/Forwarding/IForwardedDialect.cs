using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Forwarding;

/// <summary>The dialect in which one agency takes forwarded requests.</summary>
internal interface IForwardedDialect
{
    /// <summary>What the service catalogue is told of it.</summary>
    ForwardingDialect Description { get; }

    /// <summary>One service; null when the dialect cannot call it.</summary>
    /// <param name="service">The agency's code of it; null when the route names none.</param>
    IForwardedService? Open(string? service);
}
