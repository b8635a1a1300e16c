using Integration.Sandbox.Signing;

namespace Integration.Sandbox;

/// <summary>How the sandbox agencies are run.</summary>
internal sealed record SandboxSettings
{
    /// <summary>Addresses to listen on; loopback only is meant. Port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:8090"];

    /// <summary>Fixture file; null = the copy beside the program.</summary>
    public string? FixturesFile { get; init; }

    /// <summary>How long every agency takes to answer; default none. Benchmarks use 20 ms.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The agencies' clock. Latency and delays pass in real time all the same.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the agencies handed to the gateway's operators; generated when not given.</summary>
    public SandboxCredentials Credentials { get; init; } = SandboxCredentials.Generate();

    /// <summary>How long a call secret of the exchange platform lives; default 10 minutes.</summary>
    public TimeSpan SecretLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Where the exchange platform wants the refresh fields; default the body.</summary>
    public RefreshPlacement RefreshPlacement { get; init; } = RefreshPlacement.Body;

    /// <summary>How the exchange platform encrypts call secrets; default ECB.</summary>
    public SecretCipher SecretCipher { get; init; } = SecretCipher.Ecb;

    /// <summary>Whether the refresh answers <c>code</c> as a number; default text.</summary>
    public bool NumericCode { get; init; }
}

/// <summary>Where the refresh fields stand.</summary>
internal enum RefreshPlacement
{
    Body,
    Headers,
    Both,
}
