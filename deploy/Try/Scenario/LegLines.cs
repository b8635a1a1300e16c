using System.Globalization;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Spectre.Console;

namespace Integration.Try.Scenario;

/// <summary>A line for each leg whenever the applicant would read something new of it.</summary>
internal sealed class LegLines(IAnsiConsole console, TimeProvider time)
{
    private readonly Dictionary<Utility, string> _last = [];

    public void Show(JointApplicationResponse joint)
    {
        foreach (var leg in joint.Legs.Where(leg => _last.GetValueOrDefault(leg.Utility) != leg.Next.Text))
        {
            _last[leg.Utility] = leg.Next.Text;
            var by = leg.Next.By is { } due
                ? $" （{due.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} 前）"
                : string.Empty;
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"   [grey]{ChinaTime.In(time.GetUtcNow()):HH:mm:ss}[/]  {Words.For(leg.Utility)}  {leg.Next.Text}[grey]{by}[/]"
            );
        }
    }
}
