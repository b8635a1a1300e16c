using Integration.Try.Hosting;
using Integration.Try.Setup;
using Spectre.Console;

namespace Integration.Try;

/// <summary>Where to look next.</summary>
internal static class Addresses
{
    public static void Show(IAnsiConsole console, Installation installation, LocalSetup setup)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Row("API description", new Uri(installation.Gateway, "openapi/v1.json"));
        Row("API documentation", new Uri(installation.Gateway, "docs"));
        Row("Readiness", new Uri(installation.Gateway, "health/ready"));
        Row("Metrics", new Uri(installation.Gateway, "metrics"));
        Row("What the agencies received", new Uri(installation.Sandbox, "sandbox/calls"));
        Row("Gateway log", setup.LogFile);
        Row("Callers and grants", setup.CallersFile);
        Row("Services shared at /share", setup.CatalogueFile);
        console.Write(new Panel(grid).Header("Where to look"));
        console.MarkupLine("A token for the hall:");
        // Past the console's own line breaks, so that it can be copied.
        console.Profile.Out.Writer.WriteLine(
            $"curl -u \"hall:$(cat {setup.SecretFileOf(CallersDraft.Hall)})\" -d grant_type=client_credentials "
                + new Uri(installation.Gateway, "oauth/token")
        );
        console.WriteLine();
        console.MarkupLine("[grey]Running. Ctrl-C stops.[/]");

        void Row(string name, object place) => grid.AddRow(new Text(name), new Text(place.ToString()!));
    }
}
