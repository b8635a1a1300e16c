using System.Globalization;

namespace Integration.Sandbox;

/// <summary>Reads the command line of the stand-alone sandbox.</summary>
internal static class SandboxOptions
{
    private const string Usage = """
        Usage: Integration.Sandbox [--urls URL[;URL]] [--fixtures FILE] [--credentials FILE] [--latency-ms N] [--secret-seconds N]
          --urls            addresses to listen on; default http://127.0.0.1:8090
          --fixtures        fixture file; default the copy beside the program
          --credentials     what callers sign with; made when the file does not exist; default sandbox-credentials.json
          --latency-ms      how long every agency takes to answer; default 0
          --secret-seconds  life of a call secret of the exchange platform; default 600
        """;

    public static bool TryRead(string[] args, out SandboxSettings settings, out string message)
    {
        settings = new SandboxSettings();
        message = Usage;
        var credentials = "sandbox-credentials.json";
        if (args.Length % 2 != 0)
        {
            return false;
        }

        foreach (var pair in args.Chunk(2))
        {
            var (option, value) = (pair[0], pair[1]);
            if (option == "--credentials")
            {
                credentials = value;
            }
            else if (With(settings, option, value) is { } next)
            {
                settings = next;
            }
            else
            {
                message = $"Option {option} is unknown or its value is not valid.{Environment.NewLine}{Usage}";
                return false;
            }
        }

        settings = settings with { Credentials = SandboxCredentials.LoadOrCreate(credentials) };
        return true;
    }

    private static SandboxSettings? With(SandboxSettings settings, string option, string value) =>
        option switch
        {
            "--urls" => settings with { Urls = value.Split(';') },
            "--fixtures" when File.Exists(value) => settings with { FixturesFile = value },
            "--latency-ms" when Whole(value) is { } number => settings with
            {
                Latency = TimeSpan.FromMilliseconds(number),
            },
            "--secret-seconds" when Whole(value) is > 0 and var number => settings with
            {
                SecretLifetime = TimeSpan.FromSeconds(number),
            },
            _ => null,
        };

    private static int? Whole(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
