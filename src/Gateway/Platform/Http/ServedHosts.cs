using System.Net;
using Integration.Gateway.Platform.Http.Front;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http;

/// <summary>
/// A gateway that can be reached from outside this machine says under which names: without
/// <see cref="GatewayHttpOptions.Hosts"/> every name that points to it would be answered, and a web page of a stranger could use
/// a browser inside to reach it under a name of the stranger's own.
/// </summary>
internal static class ServedHosts
{
    public const string Setting = $"{GatewayHttpOptions.Section}:{nameof(GatewayHttpOptions.Hosts)}";

    /// <summary>A fault for each address that can be reached from outside while no host is listed.</summary>
    public static IEnumerable<string> Faults(GatewayHttpOptions options, IEnumerable<string> addresses) =>
        options.Hosts.Count > 0
            ? []
            : addresses
                .Where(address => !IsOfThisMachine(address))
                .Select(address =>
                    $"{Setting}: it is empty, and {address} can be reached from outside this machine. "
                    + "List the names that clients use (values of Host, without port), or listen on loopback."
                );

    private static bool IsOfThisMachine(string address)
    {
        try
        {
            var binding = BindingAddress.Parse(address);
            return binding.IsUnixPipe
                || binding.IsNamedPipe
                || string.Equals(binding.Host, "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            return true; // the server refuses it in its own words
        }
    }
}

/// <summary>Before the start: what the configuration says.</summary>
internal sealed class ServedHostsValidator(IConfiguration configuration) : IValidateOptions<GatewayHttpOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayHttpOptions options)
    {
        var faults = options
            .Hosts.Where(host => !HostName.IsServable(host))
            .Select(host => $"{ServedHosts.Setting}: '{host}' is no name or address of a host; no scheme, port or `*`.")
            .Concat(ServedHosts.Faults(options, Configured()))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>As the server takes them: endpoints before addresses before ports.</summary>
    private IReadOnlyList<string> Configured()
    {
        var endpoints = configuration
            .GetSection("Kestrel:Endpoints")
            .GetChildren()
            .Select(endpoint => endpoint["Url"])
            .OfType<string>()
            .ToList();
        if (endpoints.Count > 0)
        {
            return endpoints;
        }

        return configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls
            ? Parts(urls)
            : [.. Parts(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}")];
    }

    private static string[] Parts(string? list) =>
        (list ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>After it: what is really listened on, set up by settings or by code. A fault ends the start, and with it the process.</summary>
internal sealed class ServedHostsGuard(IServer server, IOptions<GatewayHttpOptions> options) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var faults = ServedHosts.Faults(options.Value, addresses).ToList();
        return faults.Count == 0
            ? Task.CompletedTask
            : throw new OptionsValidationException(ServedHosts.Setting, typeof(GatewayHttpOptions), faults);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
