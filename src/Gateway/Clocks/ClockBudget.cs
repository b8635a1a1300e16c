using System.Runtime.InteropServices;
using Integration.Contracts.V1.Cases;

namespace Integration.Gateway.Clocks;

/// <summary>What a clock may use up and from where on it is yellow.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClockBudget(TimeSpan Allowed, int YellowFromPercent)
{
    /// <summary>Rounded up to the tick, so that yellow never begins too early.</summary>
    public TimeSpan Yellow => TimeSpan.FromTicks((long)((((Int128)Allowed.Ticks * YellowFromPercent) + 99) / 100));

    public ClockColour ColourAt(TimeSpan used) =>
        used >= Allowed ? ClockColour.Red
        : used >= Yellow ? ClockColour.Yellow
        : ClockColour.Blue;
}
