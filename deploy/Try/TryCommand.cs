using System.Text.Json;
using Integration.Sandbox.Fixtures;
using Integration.Try.Hosting;
using Integration.Try.Scenario;
using Integration.Try.Setup;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Integration.Try;

/// <summary>Prepare, start, run the main job, stay.</summary>
internal static class TryCommand
{
    private const int Failed = 1;
    private const int Misused = 2;

    /// <summary>Columns when there is no window that limits them: the widest table fits.</summary>
    private const int WidthOfAFile = 132;

    private static readonly string[] s_polled = ["water", "gas", "television"];

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (TryOptions.Read(args, out var fault) is not { } options)
        {
            await Console.Error.WriteLineAsync($"{fault}{Environment.NewLine}{Environment.NewLine}{TryOptions.Usage}");
            return Misused;
        }

        if (options.Help)
        {
            await Console.Out.WriteLineAsync(TryOptions.Usage);
            return 0;
        }

        var console = ConsoleFor(options);
        try
        {
            return await RunAsync(options, console);
        }
        catch (Exception reason) when (Explain(reason) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return Failed;
        }
    }

    private static async Task<int> RunAsync(TryOptions options, IAnsiConsole console)
    {
        var progress = new Progress(console, TimeProvider.System);
        Directory.CreateDirectory(options.Data);
        var clock = new MovableClock(Path.Combine(options.Data, "clock.ahead"));
        var setup = LocalSetup.In(options.Data, clock);
        progress.Done($"Keys, certificates, callers and grants are in {Path.GetFullPath(options.Data)}");
        await using var hook = options.NoScenario ? null : await HallHook.StartAsync(setup.HookSecret, clock);
        await using var installation = await Installation.StartAsync(
            setup,
            PlanFor(options, setup, hook, progress, clock),
            CancellationToken.None
        );
        if (hook is null)
        {
            await Console.Out.WriteLineAsync(ReadyLine(installation, setup));
            await installation.Stopped;
            return 0;
        }

        var succeeded = await RunScenarioAsync(options, installation, setup, hook, console, clock);
        if (options.Exit)
        {
            return succeeded ? 0 : Failed;
        }

        Addresses.Show(console, installation, setup);
        await installation.Stopped;
        return 0;
    }

    private static async Task<bool> RunScenarioAsync(
        TryOptions options,
        Installation installation,
        LocalSetup setup,
        HallHook hook,
        IAnsiConsole console,
        MovableClock time
    )
    {
        await using var hall = new HallClient(installation.Gateway, setup.Client(CallersDraft.Hall), time);
        using var agencies = new AgencySwitches(installation.Sandbox);
        var inputs = new FixtureInputs(FixtureFile.Read(options.Fixtures));
        var applied = await new MainJob(hall.Api, agencies, new TryCases(inputs, time), console, time).RunAsync();

        using var municipal = new ApiClient(installation.Gateway, setup.Client(CallersDraft.Municipal));
        using var hallHttp = new ApiClient(installation.Gateway, setup.Client(CallersDraft.Hall));
        var system = new MunicipalSystem(setup.Sources[0], municipal);
        var book = new EventBook(setup.EventFolder, system.Name, inputs, time);
        var opened = await new OpeningJob(system, book, hall.Api, hallHttp, hook, console, time).RunAsync();
        await using var providers = new ProviderPlay(installation.Gateway, setup.Client, agencies, time);
        var joint = await new JointJob(hall.Api, providers, inputs, hook, console, time).RunAsync();
        return applied && opened && joint;
    }

    private static InstallationPlan PlanFor(
        TryOptions options,
        LocalSetup setup,
        HallHook? hook,
        Progress progress,
        TimeProvider clock
    ) =>
        new()
        {
            Time = clock,
            Gateway = options.Gateway,
            Sandbox = options.Sandbox,
            Fixtures = options.Fixtures,
            Report = progress.Done,
            Change = settings => hook is null ? settings : Quick(setup.WithHook(settings, hook.Address)),
            Adjust = builder =>
            {
                // The console belongs to the main job.
                builder.Logging.ClearProviders();
                builder.Logging.AddProvider(new LogFile(setup.LogFile, TimeProvider.System));
                builder.Services.Replace(ServiceDescriptor.Singleton(clock));
            },
        };

    /// <summary>All polled providers are asked once a minute, so that each is heard whenever the joint application moves the clock.</summary>
    private static IReadOnlyDictionary<string, string?> Quick(IReadOnlyDictionary<string, string?> settings)
    {
        var quick = new Dictionary<string, string?>(settings, StringComparer.Ordinal);
        foreach (var polled in s_polled.Where(polled => settings.ContainsKey($"Agencies:{polled}:BaseAddress")))
        {
            quick[$"Agencies:{polled}:PollEvery"] = "00:01:00";
        }

        return quick;
    }

    /// <summary>Standard output carries the ready line and nothing else where a program reads it.</summary>
    private static IAnsiConsole ConsoleFor(TryOptions options)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(options.NoScenario ? Console.Error : Console.Out) }
        );
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthOfAFile;
        }

        return console;
    }

    private static string ReadyLine(Installation installation, LocalSetup setup) =>
        JsonSerializer.Serialize(
            new
            {
                ready = true,
                gateway = installation.Gateway,
                sandbox = installation.Sandbox,
                clients = setup.Clients,
                sources = setup.Sources,
            },
            ReadyJson.Options
        );

    /// <summary>What the user can do about it; null for what is a bug.</summary>
    private static string? Explain(Exception reason) =>
        reason switch
        {
            CannotListenException busy =>
                $"{busy.Message}{Environment.NewLine}Choose other addresses with --gateway-url and --sandbox-url.",
            OptionsValidationException invalid =>
                $"The gateway refuses its configuration:{Environment.NewLine}{string.Join(Environment.NewLine, invalid.Failures)}",
            UnauthorizedAccessException or DirectoryNotFoundException =>
                $"The data directory cannot be used: {reason.Message}",
            JsonException => $"A file cannot be read: {reason.Message}",
            _ => null,
        };

    private static class ReadyJson
    {
        public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        };
    }
}
