using Integration.Try.Hosting;
using Integration.Try.Setup;
using Spectre.Console;

namespace Integration.Try.Scenario;

internal static class MainJob
{
    public static Task<bool> Run(Installation installation, LocalSetup setup, IAnsiConsole console)
    {
        console.WriteLine($"{installation.Gateway} {setup.CallersFile}");
        return Task.FromResult(true);
    }
}
