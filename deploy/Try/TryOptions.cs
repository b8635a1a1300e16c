namespace Integration.Try;

/// <summary>The command line.</summary>
internal sealed record TryOptions
{
    public const string Usage = """
        Starts the sandbox agencies and the gateway on this machine and runs the main job through the public API:
        four applications, an enterprise-opening event and a joint application.

        Usage: dotnet run --project deploy/Try [-- OPTIONS]
          --gateway-url URL  where the gateway listens; default http://127.0.0.1:8080
          --sandbox-url URL  where the sandbox agencies listen; default http://127.0.0.1:8090
          --fixtures FILE    fixtures of the sandbox agencies; default the project's own
          --data DIR         keys, callers and database; default data/try, kept over restarts
          --exit             stop after the main job; exit code 0 only if all of it worked
          --no-scenario      only start; one JSON line on standard output says when it is ready
          --help             this text
        """;

    public Uri Gateway { get; init; } = new("http://127.0.0.1:8080");

    public Uri Sandbox { get; init; } = new("http://127.0.0.1:8090");

    public string? Fixtures { get; init; }

    public string Data { get; init; } = Path.Combine("data", "try");

    public bool Exit { get; init; }

    public bool NoScenario { get; init; }

    public bool Help { get; init; }

    /// <summary>The options, or null with what is wrong with them.</summary>
    public static TryOptions? Read(IReadOnlyList<string> args, out string fault)
    {
        var options = new TryOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            if (options.WithFlag(args[i]) is { } flagged)
            {
                options = flagged;
            }
            else if (options.WithValue(args[i], value, out fault) is { } next)
            {
                options = next;
                i++;
            }
            else
            {
                return null;
            }
        }

        fault = options is { Exit: true, NoScenario: true }
            ? "--exit and --no-scenario exclude each other."
            : string.Empty;
        return fault.Length == 0 ? options : null;
    }

    private TryOptions? WithFlag(string option) =>
        option switch
        {
            "--exit" => this with { Exit = true },
            "--no-scenario" => this with { NoScenario = true },
            "--help" or "-h" => this with { Help = true },
            _ => null,
        };

    private TryOptions? WithValue(string option, string? value, out string fault)
    {
        fault = $"{option} needs a value.";
        switch (option)
        {
            case "--gateway-url" or "--sandbox-url" when value is not null:
                fault = $"{option} needs an http address on loopback, e.g. http://127.0.0.1:8080.";
                return Loopback(value) is not { } url ? null
                    : option == "--gateway-url" ? this with { Gateway = url }
                    : this with { Sandbox = url };
            case "--fixtures" when value is not null:
                fault = $"{option}: there is no such file.";
                return File.Exists(value) ? this with { Fixtures = value } : null;
            case "--data" when value is not null:
                return this with { Data = value };
            case "--gateway-url" or "--sandbox-url" or "--fixtures" or "--data":
                return null;
            default:
                fault = $"Unknown option {option}.";
                return null;
        }
    }

    private static Uri? Loopback(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url)
        && url is { Scheme: "http", IsLoopback: true, PathAndQuery: "/", Port: > 0 }
            ? url
            : null;
}
