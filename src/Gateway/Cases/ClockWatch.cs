using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.Cases;

/// <summary>Wakes at the moment at which a clock of a case changes its colour and tells whom it concerns.</summary>
internal sealed class ClockWatch : ITimerHandler
{
    public const string TimerKind = "case-clock";

    public string Kind => TimerKind;

    public Task Handle(string key, CancellationToken cancellationToken) => Task.CompletedTask;
}
