using Spectre.Console;

namespace Integration.Try;

/// <summary>Says what has been done so far and how long it took.</summary>
internal sealed class Progress(IAnsiConsole console, TimeProvider time)
{
    private long _since = time.GetTimestamp();

    public void Done(string step)
    {
        var took = time.GetElapsedTime(_since);
        _since = time.GetTimestamp();
        console.MarkupLineInterpolated($"[green]✓[/] {step} [grey]({took.TotalSeconds:0.0} s)[/]");
    }
}
